using System.Text.Json;
using System.Text.RegularExpressions;

namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>
/// Checks a document against a file of docs/schemas. Knows the keywords that these use; any other one is an error, so
/// that no schema says more than is checked.
/// </summary>
internal static class JsonSchema
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "schemas");

    public static JsonElement Load(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"))).RootElement;

    public static void AssertValid(string name, JsonElement document) => Assert.Empty(Faults(Load(name), document, "$"));

    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            IEnumerable<string> faults = keyword.Name switch
            {
                "$schema" or "title" or "description" => [],
                "type" => Expect(Types(keyword.Value).Any(type => Is(type, value)), $"is no {keyword.Value}"),
                "enum" => Expect(keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)), $"is not in {keyword.Value}"),
                "properties" => Properties(keyword.Value, value, path),
                "required" => Required(keyword.Value, value, path),
                "additionalProperties" => Additional(keyword.Value, schema.GetProperty("properties"), value, path),
                "items" => Items(keyword.Value, value, path),
                "minimum" => Expect(!IsNumber(value) || value.GetDouble() >= keyword.Value.GetDouble(), $"is below {keyword.Value}"),
                "maximum" => Expect(!IsNumber(value) || value.GetDouble() <= keyword.Value.GetDouble(), $"is above {keyword.Value}"),
                "minLength" => Expect(!IsText(value) || value.GetString()!.Length >= keyword.Value.GetInt32(), "is too short"),
                "pattern" => Expect(!IsText(value) || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.NonBacktracking), $"is not like {keyword.Value}"),
                _ => throw new NotSupportedException($"The keyword {keyword.Name} of the schema is not checked."),
            };
            foreach (string fault in faults) yield return fault;
        }

        IEnumerable<string> Expect(bool holds, string fault) => holds ? [] : [$"{path} {fault}"];
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => IsText(value),
        "number" => IsNumber(value),
        "integer" => IsNumber(value) && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type {type} is not checked."),
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static IEnumerable<string> Properties(JsonElement properties, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Object ? [] : properties.EnumerateObject().SelectMany(property =>
            value.TryGetProperty(property.Name, out JsonElement inner) ? Faults(property.Value, inner, $"{path}.{property.Name}") : []);

    private static IEnumerable<string> Required(JsonElement names, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Object ? [] : names.EnumerateArray()
            .Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks {name}");

    private static IEnumerable<string> Additional(JsonElement allowed, JsonElement known, JsonElement value, string path) =>
        allowed.GetBoolean() || value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
            .Where(property => !known.TryGetProperty(property.Name, out _)).Select(property => $"{path} has {property.Name}");

    private static IEnumerable<string> Items(JsonElement items, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{path}[{i}]"));
}
