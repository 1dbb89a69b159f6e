namespace ML.TextToModel.Generators;

/// <summary>What <see cref="TableGenerator"/> does beside emitting a network; every part can be switched off.</summary>
public sealed record TableGeneratorOptions
{
    /// <summary>Decides the codes of features and classes and the order of rows. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// What the classifier is to tell, in the user's own sentence; its card keeps it. Default null: not said.
    /// </summary>
    public string? Task { get; init; }

    /// <summary>Emitted networks that are merged into one, each with other codes. Default 4.</summary>
    public int Members { get; init; } = 4;

    /// <summary>
    /// Labelled rows that the generator looks at; of more, it takes some that spread as all do. Default 2,000.
    /// </summary>
    public int ContextRows { get; init; } = 2_000;

    /// <summary>
    /// Encodes numbers by their ranks, for very skewed columns (<see cref="PModels.QuantileEncoding"/>). Default false.
    /// </summary>
    public bool Quantiles { get; init; }

    /// <summary>Tries the emitted network, and mixes with it. Default true.</summary>
    public bool InContext { get; init; } = true;

    /// <summary>
    /// Tries one emitted network per class as well, which tells it from all others: for more than 10 classes of few
    /// rows each, at as many times the work. Default false: it seldom wins.
    /// </summary>
    public bool PerClass { get; init; }

    /// <summary>Tries the emitted network with its last layer fitted to the rows anew. Default true.</summary>
    public bool Refit { get; init; } = true;

    /// <summary>Tries the emitted network after a brief training on the rows. Default true.</summary>
    public bool FineTune { get; init; } = true;

    /// <summary>Tries regularised logistic regression. Default true.</summary>
    public bool Linear { get; init; } = true;

    /// <summary>Sets the temperature of the probabilities by held-out rows. Default true.</summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>
    /// The share of rows held out to choose by; nothing is chosen where that makes fewer than 10. Default 0.2.
    /// </summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>
    /// Of few rows, one part held out chooses by chance, so several are held out in turn (cross-validation): as many as
    /// the labelled rows go into this number. Default 2,000: all five parts up to 400 rows, one from 1,000.
    /// </summary>
    public int CrossValidationRows { get; init; } = 2_000;

    /// <summary>
    /// Time after which no further candidate is tried; the result then depends on the machine. Default null: no limit,
    /// as the work itself is bounded.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>The emitted network alone: no held-out rows, no training, no choice.</summary>
    public static TableGeneratorOptions InContextOnly { get; } =
        new() { Refit = false, FineTune = false, Linear = false, Calibrate = false, ValidationShare = 0 };

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Members is < 1 or > 64) yield return $"{Members} members are not from 1 to 64.";
        if (ContextRows < 1) yield return $"{ContextRows} context rows are too few.";
        if (ValidationShare is not (>= 0 and < 1))
            yield return $"The validation share {ValidationShare} is not from 0 to below 1.";
        if (CrossValidationRows < 0) yield return $"{CrossValidationRows} rows to cross-validate are negative.";
        if (Budget < TimeSpan.Zero) yield return "The budget is negative.";
    }
}
