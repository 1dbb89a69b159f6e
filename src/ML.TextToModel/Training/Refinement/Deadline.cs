namespace ML.TextToModel.Training;

/// <summary>A moment after which optional work is left out.</summary>
/// <param name="time">The clock.</param>
/// <param name="budget">Time from now; null for as long as it takes.</param>
internal sealed class Deadline(TimeProvider time, TimeSpan? budget)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Time since this was made.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Whether the time is spent.</summary>
    public bool IsPassed => Elapsed >= budget;
}
