using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements;

/// <summary>What is classified.</summary>
public enum Modality
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>Rows of a table, whose columns may hold texts among others.</summary>
    Table,

    /// <summary>A text, or a pair of them.</summary>
    Text,

    /// <summary>Images.</summary>
    Image,
}

/// <summary>What is predicted.</summary>
public enum TaskKind
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>One class of several.</summary>
    Classification,

    /// <summary>A number, such as a degree of similarity.</summary>
    Score,
}

/// <summary>A class of the task.</summary>
/// <param name="Name">Its name, as predictions say it.</param>
/// <param name="Description">What it is recognised by; null where nothing is known but the name.</param>
public sealed record ClassRequirement(string Name, string? Description = null) : ExtensibleJson
{
    /// <summary>Other names for it. Default none.</summary>
    public IReadOnlyList<string> Synonyms { get; init => field = value ?? []; } = [];

    /// <summary>A name without a description.</summary>
    public static implicit operator ClassRequirement(string name) => new(name);
}

/// <summary>What the classifier is given.</summary>
public sealed record InputRequirement : ExtensibleJson
{
    /// <summary>The columns of the table in file order, the label among them; empty without a table.</summary>
    public IReadOnlyList<ColumnRequirement> Columns { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The names of the columns with the text, or with the pair of texts, in order; empty for other modalities.
    /// </summary>
    public IReadOnlyList<string> Texts { get; init => field = value ?? []; } = [];

    /// <summary>The width of most images in pixels; 0 without images.</summary>
    public int Width { get; init; }

    /// <summary>The height of most images in pixels; 0 without images.</summary>
    public int Height { get; init; }
}

/// <summary>A column and what it is for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Description">What its values mean; null where only the name tells.</param>
/// <param name="Values">How many different ones there are; null where nobody counted, or there are many.</param>
public sealed record ColumnRequirement(
    string Name, ColumnKind Kind, ColumnRole Role = ColumnRole.Input, string? Description = null,
    int? Values = null)
    : ExtensibleJson
{
    /// <summary>
    /// Where its values lie, if they are numbers: counted, the mean and two standard deviations to either side; null
    /// where nobody knows. A classifier that is made without rows needs it here or in <see cref="Description"/>.
    /// </summary>
    public ColumnRange? Range { get; init; }
}

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>The classifier looks at it.</summary>
    Input,

    /// <summary>The classifier predicts it.</summary>
    Label,

    /// <summary>It is left out: an id, or a copy of the label.</summary>
    Ignored,
}

/// <summary>How large and slow the classifier may be; null where there is no limit.</summary>
/// <param name="Parameters">Numbers in it, at most.</param>
/// <param name="MillisecondsPerRow">Time for one prediction on one core, at most.</param>
/// <param name="Megabytes">Memory while it predicts, at most, in 10⁶ bytes.</param>
public sealed record ModelBudget(
    long? Parameters = null, double? MillisecondsPerRow = null, double? Megabytes = null) : ExtensibleJson;

/// <summary>What a language model was asked for a requirement.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Requests">How often.</param>
/// <param name="InputTokens">Tokens sent, as the service counts them.</param>
/// <param name="OutputTokens">Tokens received, as the service counts them.</param>
public sealed record ModelUsage(string Model, int Requests, long InputTokens, long OutputTokens);
