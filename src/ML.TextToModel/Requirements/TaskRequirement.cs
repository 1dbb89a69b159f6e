using System.Text.Json.Serialization;

namespace ML.TextToModel.Requirements;

/// <summary>
/// What a classifier is to do: one sentence and the facts that generators go by. JSON that people read and edit
/// (<see cref="RequirementJson"/>, docs/schemas/requirement.json); holds no tensors and nothing of the rows. The user
/// requirement of ModelGPT (arXiv 2402.12408, section 3.1), with structure. Immutable; equal where the JSON is.
/// </summary>
public sealed record TaskRequirement : ExtensibleJson
{
    /// <summary>The version of the JSON that this library writes; later ones are refused.</summary>
    public const int LatestVersion = 1;

    /// <summary>The version of the JSON. Default 1.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init => field = value == 0 ? LatestVersion : value; } = LatestVersion;

    /// <summary>The task in one English sentence. Default empty: not known.</summary>
    public string Sentence { get; init => field = value ?? ""; } = "";   // a file may lack it

    /// <summary>What is classified.</summary>
    public Modality Modality { get; init; }

    /// <summary>What is predicted.</summary>
    public TaskKind Task { get; init; }

    /// <summary>The classes in the order of the classifier's outputs; empty where unknown, or of a score.</summary>
    public IReadOnlyList<ClassRequirement> Classes { get; init => field = value ?? []; } = [];

    /// <summary>The name of the column that holds the classes or the score; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>What the classifier is given.</summary>
    public InputRequirement Inputs { get; init => field = value ?? new(); } = new();

    /// <summary>What was counted in the data; null without data.</summary>
    public DataPatterns? Data { get; init; }

    /// <summary>How large and slow the classifier may be. Default: no limits.</summary>
    public ModelBudget Budget { get; init => field = value ?? new(); } = new();

    /// <summary>
    /// Where the fields come from, by their names in JSON (<see cref="RequirementFields"/>); a field that is not here
    /// is not known or has its default.
    /// </summary>
    public IReadOnlyDictionary<string, Origin> Origins { get; init => field = value ?? NoOrigins; } = NoOrigins;

    /// <summary>What the user should know, such as a column that gives the label away.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = value ?? []; } = [];

    /// <summary>What a language model was asked; null where none was.</summary>
    public ModelUsage? Usage { get; init; }

    private static IReadOnlyDictionary<string, Origin> NoOrigins { get; } = new Dictionary<string, Origin>();

    /// <summary>The origin of a field; null where it is not known.</summary>
    /// <param name="field">Its name, of <see cref="RequirementFields"/>.</param>
    public Origin? OriginOf(string field) => Origins.GetValueOrDefault(field);

    /// <summary>Whether both are the same JSON.</summary>
    public bool Equals(TaskRequirement? other) =>
        other is not null && RequirementJson.Write(this) == RequirementJson.Write(other);

    /// <summary>Equal where the requirements are.</summary>
    public override int GetHashCode() => RequirementJson.Write(this).GetHashCode(StringComparison.Ordinal);

    /// <summary>What cannot be, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (ClassRequirement one in Classes)
            if (string.IsNullOrWhiteSpace(one?.Name)) yield return "A class has no name.";
        foreach ((string name, int times) in Classes.OfType<ClassRequirement>().CountBy(one => one.Name))
            if (times > 1) yield return $"The class '{name}' is named twice.";
        if (Inputs.Columns.Any(column => string.IsNullOrEmpty(column?.Name)))
            yield return "A column of the inputs has no name.";
        foreach (ColumnRequirement column in Inputs.Columns.OfType<ColumnRequirement>())
            if (column.Range is { IsSound: false }) yield return $"The range of the column '{column.Name}' is empty.";
        if (Inputs.Texts.Count > 2) yield return $"{Inputs.Texts.Count} texts are more than a pair.";
        if (Inputs.Width < 0 || Inputs.Height < 0) yield return "The size of the images is negative.";
        if (Budget.Parameters <= 0 || !(Budget.MillisecondsPerRow is null or > 0) || !(Budget.Megabytes is null or > 0))
            yield return "A limit of the budget is not above 0.";
        foreach ((string field, Origin origin) in Origins)
            if (origin is null || !(origin.Confidence is >= 0 and <= 1))
                yield return $"The confidence of '{field}' is not from 0 to 1.";
        if (Remarks.Concat(Inputs.Texts).Concat(Classes.OfType<ClassRequirement>().SelectMany(one => one.Synonyms))
            .Contains(null!)) yield return "A remark, text or synonym is null.";
        double?[] figures =
            [Budget.MillisecondsPerRow, Budget.Megabytes, Data?.Imbalance, Data?.Missing, Data?.MeanWords];
        if (figures.Any(figure => figure is { } number && !double.IsFinite(number)))
            yield return "A figure is not a finite number.";
    }
}
