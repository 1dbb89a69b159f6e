namespace ML.TextToModel.Training;

/// <summary>How to train the in-context generator of table classifiers.</summary>
public sealed record InContextTrainingOptions
{
    /// <summary>Steps in all. Default 60,000.</summary>
    public int Steps { get; init; } = 60_000;

    /// <summary>Labelled rows of one step: it has as many tables as make them, from 4 to 32. Default 3,000.</summary>
    public int RowsPerStep { get; init; } = 3_000;

    /// <summary>The fewest labelled rows of a table. Default 20.</summary>
    public int MinRows { get; init; } = 20;

    /// <summary>The most labelled rows of a table; numbers are drawn on a logarithmic scale. Default 700.</summary>
    public int MaxRows { get; init; } = 700;

    /// <summary>
    /// Rows of a table that the generated network is tested on, beside the labelled ones. Default 96.
    /// </summary>
    public int Queries { get; init; } = 96;

    /// <summary>The learning rate of AdamW at its peak. Default 1e-3.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>Weight decay of AdamW. Default 0.01.</summary>
    public float Decay { get; init; } = 0.01f;

    /// <summary>
    /// Steps until the learning rate is at its peak; then it falls along half a cosine wave. Default 1,000.
    /// </summary>
    public int WarmUp { get; init; } = 1_000;

    /// <summary>Gradients are scaled down to this norm. Default 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>The share of the running mean of weights that a step keeps. Default 0.999.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Steps < 1) yield return $"{Steps} steps are too few.";
        if (RowsPerStep < 1) yield return $"{RowsPerStep} rows per step are too few.";
        if (MinRows < 20 || MaxRows < MinRows) yield return $"From {MinRows} to {MaxRows} rows: the least is 20.";
        if (Queries < 1) yield return $"{Queries} queries are too few.";
        if (!(Rate > 0)) yield return $"The rate {Rate} is not positive.";
        if (!(Decay >= 0)) yield return $"The decay {Decay} is negative.";
        if (WarmUp < 0) yield return $"The warm-up of {WarmUp} steps is negative.";
        if (!(ClipNorm > 0)) yield return $"The norm {ClipNorm} is not positive.";
        if (AverageDecay is not (>= 0 and < 1)) yield return $"The decay {AverageDecay} of the mean is not below 1.";
    }
}
