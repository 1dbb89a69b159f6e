namespace ML.TextToModel.Fuzz;

/// <summary>What one input may take.</summary>
internal sealed record FuzzLimits
{
    /// <summary>Wall time; more counts as a hang. Default 2 seconds, far above what a loaded machine adds.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Managed bytes allocated, whatever the input. Default 64 MB.</summary>
    public long AllocatedBytes { get; init; } = 64 << 20;

    /// <summary>Managed bytes allocated for each byte of the input, beyond that. Default 64.</summary>
    public long AllocatedPerInputByte { get; init; } = 64;
}

/// <summary>Which inputs to try: from <paramref name="Start"/> on, until the count or the time is reached.</summary>
internal sealed record FuzzPlan(ulong Seed, long Start, long Iterations, TimeSpan Duration);

/// <summary>An input that a reader did not bear.</summary>
internal sealed record FuzzFailure(string Target, ulong Seed, long Iteration, byte[] Input, string Reason);

/// <summary>What happened to one reader.</summary>
internal sealed record FuzzReport(
    string Target, long Inputs, long Refused, TimeSpan LongestTime, long MostAllocated, FuzzFailure? Failure)
{
    public override string ToString() =>
        $"{Target}: {Inputs:N0} inputs, {Refused:N0} refused, {Inputs - Refused:N0} read, " +
        $"max {LongestTime.TotalMilliseconds:N1} ms, max {MostAllocated / 1024.0:N0} KB allocated";
}
