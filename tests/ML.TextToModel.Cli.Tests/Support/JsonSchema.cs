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

    public static void AssertValid(string name, JsonElement document) =>
        Assert.Empty(Faults(Load(name), document, "$"));

    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        foreach ((string keyword, JsonElement rule) in schema.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            IEnumerable<string> faults = keyword switch
            {
                "$schema" or "title" or "description" => [],
                "type" => Expect(Types(rule).Any(type => Is(type, value)), $"is no {rule}"),
                "enum" => Expect(rule.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)), $"is not in {rule}"),
                "properties" => Properties(rule, value, path),
                "required" => Required(rule, value, path),
                "additionalProperties" => Additional(rule, schema.GetProperty("properties"), value, path),
                "items" => Items(rule, value, path),
                "minimum" => Expect(!IsNumber(value) || value.GetDouble() >= rule.GetDouble(), $"is below {rule}"),
                "maximum" => Expect(!IsNumber(value) || value.GetDouble() <= rule.GetDouble(), $"is above {rule}"),
                "minLength" => Expect(!IsText(value) || value.GetString()!.Length >= rule.GetInt32(), "is too short"),
                "pattern" => Expect(!IsText(value) || IsLike(value, rule), $"is not like {rule}"),
                _ => throw new NotSupportedException($"The keyword {keyword} of the schema is not checked."),
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

    private static bool IsLike(JsonElement text, JsonElement pattern) =>
        Regex.IsMatch(text.GetString()!, pattern.GetString()!, RegexOptions.NonBacktracking);

    private static IEnumerable<string> Properties(JsonElement properties, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Object ? [] : properties.EnumerateObject().SelectMany(property =>
            value.TryGetProperty(property.Name, out JsonElement inner)
                ? Faults(property.Value, inner, $"{path}.{property.Name}")
                : []);

    private static IEnumerable<string> Required(JsonElement names, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Object ? [] : names.EnumerateArray()
            .Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks {name}");

    private static IEnumerable<string> Additional(
        JsonElement allowed, JsonElement known, JsonElement value, string path) =>
        allowed.GetBoolean() || value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
            .Where(property => !known.TryGetProperty(property.Name, out _))
            .Select(property => $"{path} has {property.Name}");

    private static IEnumerable<string> Items(JsonElement items, JsonElement value, string path) =>
        value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray()
            .SelectMany((item, i) => Faults(items, item, $"{path}[{i}]"));
}
