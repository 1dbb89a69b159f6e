using Microsoft.ML.SearchSpace;
using ML.TextToModel.Generators;

namespace ML.TextToModel.MLNet;

/// <summary>
/// What AutoML may vary in a TextToModel step: generator, size and refinement. Mutable, as AutoML fills it in.
/// </summary>
public sealed class TextToModelSearchSpace
{
    /// <summary>Emitted networks that are merged into one.</summary>
    [Range(1, 8, 4)]
    public int Members { get; set; } = 4;

    /// <summary>Labelled rows that the generator looks at.</summary>
    [Range(200, 4_000, 2_000)]
    public int ContextRows { get; set; } = 2_000;

    /// <summary>Whether numbers are encoded by their ranks.</summary>
    [BooleanChoice(false)]
    public bool Quantiles { get; set; }

    /// <summary>Whether one network per class is tried as well.</summary>
    [BooleanChoice(false)]
    public bool PerClass { get; set; }

    /// <summary>Whether the emitted network is refitted and trained on the rows.</summary>
    [BooleanChoice(true)]
    public bool Refine { get; set; } = true;

    /// <summary>Whether logistic regression is tried and mixed in.</summary>
    [BooleanChoice(true)]
    public bool Linear { get; set; } = true;

    /// <summary>The options of a trial.</summary>
    internal TableGeneratorOptions Of(TableGeneratorOptions options) => options with
    {
        Members = Members, ContextRows = ContextRows, Quantiles = Quantiles, PerClass = PerClass, Refit = Refine,
        FineTune = Refine, Linear = Linear,
    };
}
