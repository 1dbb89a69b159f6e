using System.Text.Json.Serialization;

namespace ML.TextToModel.Benchmarks;

/// <summary>Checks that are run and reported together.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Description">One line of help, with the time a full run takes.</param>
/// <param name="Checks">In order.</param>
internal sealed record BenchmarkSuite(string Name, string Description, IReadOnlyList<BenchmarkCheck> Checks);

/// <summary>One check of a suite; it yields its rows as they are measured.</summary>
/// <param name="Name">For the log and for --only.</param>
/// <param name="Run">Measures.</param>
internal sealed record BenchmarkCheck(string Name, Func<BenchmarkContext, IEnumerable<BenchmarkRow>> Run);

/// <summary>What a check may use.</summary>
/// <param name="Options">The command line.</param>
/// <param name="Log">Progress, on standard error.</param>
/// <param name="Cancel">Set at Ctrl-C.</param>
internal sealed record BenchmarkContext(BenchmarkOptions Options, Action<string> Log, CancellationToken Cancel)
{
    /// <summary>Prints a line for readers; nothing where JSON is asked for.</summary>
    public void Print(string line)
    {
        if (!Options.Json) Console.WriteLine(line);
    }

    /// <summary>The first number in a quick run, else the second.</summary>
    public int Choose(int quick, int full) => Options.Quick ? quick : full;
}

/// <summary>One measured figure.</summary>
/// <param name="Check">What was measured.</param>
/// <param name="Value">The figure; null where it could not be measured.</param>
/// <param name="Unit">Of value and target.</param>
/// <param name="Target">What it is held against: a number, or the peer's from this run.</param>
/// <param name="Better">higher or lower.</param>
/// <param name="Pass">null where a peer or data set is absent or the run was shorter than the protocol.</param>
/// <param name="Detail">How, and against what.</param>
/// <param name="Stderr">Standard error of the value.</param>
/// <param name="N">Runs, tasks or splits behind the value.</param>
internal sealed record BenchmarkRow(
    string Check, double? Value, string Unit, double? Target = null, string Better = "higher", bool? Pass = null,
    string? Detail = null, double? Stderr = null, int? N = null)
{
    /// <summary>Whether the figure stands in a table that the check prints itself.</summary>
    [JsonIgnore]
    public bool InTable { get; init; }

    /// <summary>
    /// Holds the value against the target, unless <paramref name="complete"/> says the run was too short.
    /// </summary>
    public BenchmarkRow Judge(bool complete = true) => this with
    {
        Pass = !complete || Value is null || Target is null ? null
            : Better == "higher" ? Value >= Target : Value <= Target,
    };

    /// <summary>A figure that could not be measured, and why.</summary>
    public static BenchmarkRow Absent(string check, string unit, string why) => new(check, null, unit, Detail: why);
}
