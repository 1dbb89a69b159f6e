namespace ML.TextToModel.Requirements;

/// <summary>What a user has: a sentence, classes, a table, texts, images, or a mix of them.</summary>
public sealed record TaskInput
{
    /// <summary>The user's own words. Default none.</summary>
    public string? Description { get; init; }

    /// <summary>The classes that the user names, in order; their names and order are kept. Default none.</summary>
    public IReadOnlyList<ClassRequirement> Classes { get; init; } = [];

    /// <summary>A table, with labels or without. Default none.</summary>
    public TableData? Table { get; init; }

    /// <summary>Texts, with labels or without. Default none.</summary>
    public TextData? Texts { get; init; }

    /// <summary>Images, with labels or without. Default none.</summary>
    public ImageData? Images { get; init; }

    /// <summary>What the user allows. Default: anything.</summary>
    public ModelBudget Budget { get; init; } = new();
}
