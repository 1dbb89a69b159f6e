using System.Text.Json;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// The fields of a JSON object by their meaning: names in any case and with any marks between words, values of a wrong
/// type where there is only one way to take them. What cannot be taken is as if it were missing.
/// </summary>
internal sealed class ReplyFields
{
    private const int MaxClasses = 1000;

    private readonly string _sentence = "";
    private readonly Modality _modality;
    private readonly string[] _classes = [], _descriptions = [], _synonyms = [], _columns = [];

    public ReplyFields(JsonElement element)
    {
        JsonElement descriptions = default, synonyms = default;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            switch (Letters(property.Name))
            {
                case "requirement" or "sentence" or "userrequirement": _sentence = Sentence(property.Value); break;
                case "modality": _modality = ModalityOf(Text(property.Value)); break;
                case "classes" or "classnames" or "labels": _classes = Names(property.Value); break;
                case "descriptions" or "classdescriptions": descriptions = property.Value; break;
                case "synonyms" or "classsynonyms": synonyms = property.Value; break;
                case "columns" or "columndescriptions": _columns = Texts(property.Value, []); break;
            }
        }
        _descriptions = Texts(descriptions, _classes);
        _synonyms = Texts(synonyms, _classes);
        Known = (_sentence.Length > 0 ? 1 : 0) + (_modality != Modality.Unknown ? 1 : 0)
            + new[] { _classes, _descriptions, _synonyms, _columns }.Count(list => list.Length > 0);
    }

    /// <summary>How many fields it has.</summary>
    public int Known { get; }

    /// <exception cref="ReplyException">There is no sentence.</exception>
    public RequirementReply ToReply()
    {
        if (_sentence.Length == 0)
            throw new ReplyException(ReplyFault.NoSentence, "\"requirement\" is missing, or no sentence.");
        return new RequirementReply(_sentence)
        {
            Modality = _modality, Classes = _classes, Descriptions = _descriptions, Synonyms = _synonyms,
            Columns = _columns,
        };
    }

    private static string Sentence(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Text(value) : "";

    private static string Letters(string name) =>
        string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();

    private static Modality ModalityOf(string word) => Letters(word) switch
    {
        "table" or "tabular" or "tabulardata" => Modality.Table,
        "text" or "texts" or "textpair" or "pairoftexts" => Modality.Text,
        "image" or "images" or "picture" => Modality.Image,
        _ => Modality.Unknown,
    };

    /// <summary>Class names: a list of texts or of objects with a name, or texts with commas between.
    /// </summary>
    private static string[] Names(JsonElement value)
    {
        string[] names = value.ValueKind switch
        {
            JsonValueKind.String => Text(value).Split(',', StringSplitOptions.TrimEntries),
            JsonValueKind.Array => [.. value.EnumerateArray().Select(Name)],
            _ => [],
        };
        return names.Length <= MaxClasses && !names.Contains("") ? names : [];
    }

    private static string Name(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out JsonElement name)
            ? Text(name)
            : Text(value);

    /// <summary>Texts in the order of names: a list, or an object by these names.</summary>
    private static string[] Texts(JsonElement value, string[] names) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Text)],
        JsonValueKind.Object when names.Length > 0 =>
            [.. names.Select(name => value.TryGetProperty(name, out JsonElement text) ? Text(text) : "")],
        _ => [],
    };

    /// <summary>A text, number, truth value, or list of these with commas between; "" for anything else.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => SampleText.Prepare(value.GetString()!, ReplyReader.MaxLength, mask: false).Trim(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text).Where(text => text.Length > 0)),
        _ => "",
    };
}
