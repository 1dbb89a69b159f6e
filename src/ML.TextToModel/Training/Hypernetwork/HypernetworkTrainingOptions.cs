namespace ML.TextToModel.Training;

/// <summary>How to train a requirement hypernetwork.</summary>
public sealed record HypernetworkTrainingOptions
{
    /// <summary>Steps in all. Default 4,000.</summary>
    public int Steps { get; init; } = 4_000;

    /// <summary>Tasks of one step, drawn among those there are. Default 10.</summary>
    public int Tasks { get; init; } = 10;

    /// <summary>
    /// A task of fewer rows than this, and than the largest, takes part in so much fewer of the steps, as it would be
    /// learned by heart before the others are learned. Default 4,000.
    /// </summary>
    public int FewRows { get; init; } = 4_000;

    /// <summary>Rows of each task in each local step. Default 64.</summary>
    public int Rows { get; init; } = 64;

    /// <summary>
    /// Steps of gradient descent that each generated network takes; the hypernetwork follows the way they went
    /// (ModelGPT's code; Shamsian et al. 2021, algorithm 1). Default 4; 1 is the plain gradient.
    /// </summary>
    public int LocalSteps { get; init; } = 4;

    /// <summary>The rate of these steps. Default 0.02, as in ModelGPT's code.</summary>
    public float LocalRate { get; init; } = 2e-2f;

    /// <summary>The learning rate at its peak. Default 3e-3.</summary>
    public float Rate { get; init; } = 3e-3f;

    /// <summary>Weight decay. Default 0.03.</summary>
    public float Decay { get; init; } = 0.03f;

    /// <summary>Steps until the rate is at its peak; then it falls along half a cosine wave. Default 200.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Gradients are scaled down to this norm. Default 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>The share of channels that drop out. Default 0.1, as in ModelGPT's code.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Divides layers of blocks by their largest singular value, as ModelGPT does. Default false.</summary>
    public bool SpectralNorm { get; init; }

    /// <summary>
    /// Deviation of the noise on the requirement's vector, whose numbers have deviation 1: other wordings lie near by.
    /// Default 0.3.
    /// </summary>
    public double Noise { get; init; } = 0.3;

    /// <summary>Share of the target spread over all classes, against overfitting of small tables. Default 0.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>Deviation of the noise on the rows' features, against the same. Default 0.3.</summary>
    public double RowNoise { get; init; } = 0.3;

    /// <summary>The share of the running mean of weights that a step keeps. Default 0.995.</summary>
    public double AverageDecay { get; init; } = 0.995;

    /// <summary>What is wrong with the options, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        foreach ((string name, int value) in new[]
        {
            ("steps", Steps), ("tasks", Tasks), ("rows", Rows), ("local steps", LocalSteps),
            ("rows that are few", FewRows),
        })
            if (value < 1) yield return $"The number of {name} is {value}, below 1.";
        foreach ((string name, float value) in new[] { ("rate", Rate), ("local rate", LocalRate), ("norm", ClipNorm) })
            if (!(value > 0) || !float.IsFinite(value)) yield return $"The {name} {value} is not positive.";
        if (!(Decay >= 0)) yield return $"The decay {Decay} is negative.";
        if (WarmUp < 0) yield return $"The warm-up of {WarmUp} steps is negative.";
        if (Dropout is not (>= 0 and < 1)) yield return $"The dropout {Dropout} is not from 0 to below 1.";
        if (LabelSmoothing is not (>= 0 and < 1))
            yield return $"The label smoothing {LabelSmoothing} is not from 0 to below 1.";
        if (!(RowNoise >= 0) || !double.IsFinite(RowNoise)) yield return $"The row noise {RowNoise} is negative.";
        if (!(Noise >= 0) || !double.IsFinite(Noise)) yield return $"The noise {Noise} is negative.";
        if (AverageDecay is not (>= 0 and < 1)) yield return $"The decay {AverageDecay} of the mean is not below 1.";
    }
}
