using ML.TextToModel.Encoders;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.MLNet;

/// <summary>
/// What a TextToModel step is to tell apart, from which column, and how its classifier is made. The input is the column
/// of <see cref="ImageColumnName"/>, else of <see cref="TextColumnName"/>, else of <see cref="FeatureColumnName"/>.
/// </summary>
public sealed record TextToModelOptions
{
    /// <summary>
    /// What the classifier is to tell, in the user's own words; its card keeps it. Where neither <see cref="Classes"/>
    /// nor labels say which classes there are, they are taken from it. Default null.
    /// </summary>
    public string? TaskDescription { get; init; }

    /// <summary>
    /// The requirement, if there is one already: it is taken instead of <see cref="TaskDescription"/>. Default null.
    /// </summary>
    public TaskRequirement? Requirement { get; init; }

    /// <summary>
    /// What makes a requirement of <see cref="TaskDescription"/>, such as a language model. Default null: the profiler,
    /// which needs none.
    /// </summary>
    public IRequirementGenerator? RequirementGenerator { get; init; }

    /// <summary>
    /// The classes by name, with descriptions or without. Default none: those of the label column. Where the label is
    /// no key, they also give the order of <c>Score</c>, and a row of another class is refused.
    /// </summary>
    public IReadOnlyList<ClassText> Classes { get; init; } = [];

    /// <summary>
    /// The column with the class of each row: a key, text, a number or a boolean. Rows without one are passed over, and
    /// the column may be missing where <see cref="Classes"/> says enough. Default <c>Label</c>.
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>A column of vectors of floats, all of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>A column of texts to classify. Default null: the features are classified.</summary>
    public string? TextColumnName { get; init; }

    /// <summary>
    /// A column of images to classify: the paths of PNG or JPEG files, their bytes, or vectors of pixels from 0 to 255
    /// as <c>ExtractPixels</c> makes them (red, green and blue planes) in the generator's size, 32×32 for the one that
    /// ships. Default null: no images.
    /// </summary>
    public string? ImageColumnName { get; init; }

    /// <summary>The generator for features and texts. Default null: the one that ships.</summary>
    public InContextGenerator? TableGenerator { get; init; }

    /// <summary>The generator for images. Default null: the one that ships.</summary>
    public TinaGenerator? ImageGenerator { get; init; }

    /// <summary>What to try beside the generated network, for features and texts. Default: everything.</summary>
    public TableGeneratorOptions Refinement { get; init; } = new();

    /// <summary>
    /// Epochs of training that follow the generation where images have labels; what the rows kept back like better is
    /// taken. Default 10; 0 for none.
    /// </summary>
    public int ImageEpochs { get; init; } = 10;

    /// <summary>
    /// Time after which nothing further is tried; the result then depends on the machine. Default null: no limit, as
    /// the work itself is bounded.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>
    /// Decides all that is random. Default null: drawn from the context, so that its seed decides.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (ImageColumnName is not null && TextColumnName is not null)
            yield return "Both an image and a text column are named; a step classifies one.";
        if (Classes.CountBy(one => one.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            yield return $"The class '{twice}' is named twice.";
        if (ImageEpochs < 0) yield return $"{ImageEpochs} epochs are negative.";
        if (Budget < TimeSpan.Zero) yield return "The budget is negative.";
        foreach (string fault in Refinement.Faults().Concat(Requirement?.Faults() ?? [])) yield return fault;
    }

    /// <summary>The column that is classified.</summary>
    internal string InputColumnName => ImageColumnName ?? TextColumnName ?? FeatureColumnName;
}
