using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.Datasets;

/// <summary>A classification task in words: what is wanted, and what columns and classes mean.</summary>
/// <param name="Wordings">The requirement, one sentence, in one or more wordings.</param>
/// <param name="Columns">What columns mean, by name; may lack some, whose names then speak for themselves.</param>
/// <param name="Classes">What classes mean, by name; may lack some, as with columns.</param>
public sealed record TaskDescription(
    IReadOnlyList<string> Wordings, IReadOnlyDictionary<string, string> Columns,
    IReadOnlyDictionary<string, string> Classes)
{
    private const string UciResource = "ML.TextToModel.Datasets.Tables.uci-descriptions.json";

    private static readonly Lazy<IReadOnlyDictionary<string, TaskDescription>> s_uci = new(() =>
    {
        using Stream json = typeof(TaskDescription).Assembly.GetManifestResourceStream(UciResource)!;
        return JsonSerializer.Deserialize(json, TaskDescriptionJson.Default.DictionaryStringTaskDescription)!;
    });

    /// <summary>
    /// Descriptions of <see cref="UciTables.All"/> by name, with five wordings each, written from what the archive
    /// says of them.
    /// </summary>
    public static IReadOnlyDictionary<string, TaskDescription> Uci => s_uci.Value;

    /// <summary>What a column means; its name where nothing is said.</summary>
    public string OfColumn(string name) => Columns.GetValueOrDefault(name, name);

    /// <summary>What a class means; its name where nothing is said.</summary>
    public string OfClass(string name) => Classes.GetValueOrDefault(name, name);
}

/// <summary>JSON of descriptions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, TaskDescription>))]
internal sealed partial class TaskDescriptionJson : JsonSerializerContext;
