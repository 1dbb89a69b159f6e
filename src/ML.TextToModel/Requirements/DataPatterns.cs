namespace ML.TextToModel.Requirements;

/// <summary>What was counted in the data, and nothing of their content but the names of the classes.</summary>
public sealed record DataPatterns : ExtensibleJson
{
    /// <summary>Usable rows, texts or images.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that cannot be used, such as damaged ones.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows without a label, where others have one.</summary>
    public long Unlabelled { get; init; }

    /// <summary>Rows of each class, by its name; empty without labels.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init => field = value ?? None; } = None;

    /// <summary>Rows of the most frequent class to each of the rarest; null without classes.</summary>
    public double? Imbalance { get; init; }

    /// <summary>The share of fields that are missing, 0 to 1, the label aside.</summary>
    public double Missing { get; init; }

    /// <summary>Rows whose inputs an earlier row has too; null where nobody looked, as for images.</summary>
    public long? Duplicates { get; init; }

    /// <summary>
    /// Of those, the ones with another label than the first: noise that no classifier can learn. Null without labels.
    /// </summary>
    public long? Conflicts { get; init; }

    /// <summary>The language of the texts as an ISO 639-1 code; null without texts, or where nothing tells.</summary>
    public string? Language { get; init; }

    /// <summary>Words of a text, or of the two of a pair, in the mean; null without texts.</summary>
    public double? MeanWords { get; init; }

    /// <summary>The most words of a text, or of a pair; null without texts.</summary>
    public int? MostWords { get; init; }

    private static IReadOnlyDictionary<string, long> None { get; } = new Dictionary<string, long>();
}
