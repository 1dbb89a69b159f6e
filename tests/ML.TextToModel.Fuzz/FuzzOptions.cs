using System.Globalization;

namespace ML.TextToModel.Fuzz;

/// <summary>The options of the command line.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        """
        Feeds every reader of untrusted files with damaged ones.
          --iterations N   inputs for each reader (default 10000, or no limit with --seconds)
          --seconds N      time for all readers together
          --seed S         another sequence of inputs (default 1)
          --start I        the first input of the sequence (default 0)
          --reader NAME    one reader only
          --artifacts DIR  where inputs that fail are kept (default artifacts/fuzz)
        """;

    public long? Iterations { get; init; }

    public double? Seconds { get; init; }

    public ulong Seed { get; init; } = 1;

    public long Start { get; init; }

    public string? Reader { get; init; }

    public string Artifacts { get; init; } = Path.Combine("artifacts", "fuzz");

    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> args)
    {
        var options = new FuzzOptions();
        for (int i = 0; i < args.Count; i += 2)
        {
            string value = i + 1 < args.Count ? args[i + 1] : throw new FormatException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--iterations" => options with { Iterations = long.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--start" => options with { Start = long.Parse(value, CultureInfo.InvariantCulture) },
                "--reader" => options with { Reader = value },
                "--artifacts" => options with { Artifacts = value },
                string unknown => throw new FormatException($"{unknown} is not an option."),
            };
        }
        return options;
    }

    /// <summary>The readers to run; none where the name is unknown.</summary>
    public IReadOnlyList<IFuzzTarget> Select(IReadOnlyList<IFuzzTarget> all) =>
        Reader is null ? all : [.. all.Where(target => target.Name == Reader)];

    /// <summary>What each of so many readers gets.</summary>
    public FuzzPlan Plan(int readers) => new(
        Seed, Start,
        Iterations ?? (Seconds is null ? 10_000 : long.MaxValue),
        Seconds is null ? TimeSpan.MaxValue : TimeSpan.FromSeconds(Seconds.Value / readers));
}
