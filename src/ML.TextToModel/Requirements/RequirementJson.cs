using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Requirements;

/// <summary>
/// Reads and writes requirements as JSON. What was read and is written again keeps the fields that this library does
/// not know. docs/schemas/requirement.json describes it.
/// </summary>
public static class RequirementJson
{
    /// <summary>The most characters that are read.</summary>
    public const int MaxLength = 1 << 22;

    private static readonly RequirementJsonContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n",
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 32,
        ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
        Converters =
        {
            new CamelCaseEnum<Modality>(), new CamelCaseEnum<TaskKind>(), new CamelCaseEnum<ColumnKind>(),
            new CamelCaseEnum<ColumnRole>(), new CamelCaseEnum<RequirementSource>(),
        },
    });

    /// <summary>The JSON, indented.</summary>
    public static string Write(TaskRequirement requirement) =>
        JsonSerializer.Serialize(requirement, s_context.TaskRequirement);

    /// <summary>The JSON as an element.</summary>
    public static JsonElement ToElement(TaskRequirement requirement) =>
        JsonSerializer.SerializeToElement(requirement, s_context.TaskRequirement);

    /// <summary>Writes a file, or leaves an older one whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, TaskRequirement requirement) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Write(requirement) + "\n")));

    /// <summary>Reads a file.</summary>
    /// <exception cref="RequirementException">There is no such file, or it is no requirement.</exception>
    public static TaskRequirement Load(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            char[] text = new char[MaxLength + 1];
            return Read(new string(text, 0, reader.ReadBlock(text)), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RequirementException(
                RequirementFault.NotFound, path, $"the file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="RequirementException">It is no requirement; the message says why.</exception>
    public static TaskRequirement Read(string json, string name = "the requirement")
    {
        if (json.Length > MaxLength)
            throw Fault(RequirementFault.TooLong, $"it has more than {MaxLength:N0} characters.");
        TaskRequirement requirement = Parse(json, name);
        if (requirement.Faults().ToArray() is { Length: > 0 } faults)
            throw Fault(RequirementFault.Impossible, string.Join(' ', faults));
        return requirement;

        RequirementException Fault(RequirementFault fault, string message) => new(fault, name, message);
    }

    private static TaskRequirement Parse(string json, string name)
    {
        using JsonDocument document = Parsed(json, name);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new RequirementException(RequirementFault.NotAnObject, name, "it is JSON, but no object {…}.");
        if (root.TryGetProperty("version", out JsonElement version) && version.TryGetVersion() is var number
            && number > TaskRequirement.LatestVersion)
        {
            throw new RequirementException(
                RequirementFault.LaterVersion, name,
                $"it has version {number}, this library reads up to {TaskRequirement.LatestVersion}; "
                + "update the library.");
        }
        try
        {
            return root.Deserialize(s_context.TaskRequirement)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            string place = e is JsonException { Path: { } path } ? path : "somewhere";
            throw new RequirementException(
                RequirementFault.WrongValue, name,
                $"{place} holds a value that cannot stand there; docs/schemas/requirement.json says which can.", e);
        }
    }

    private static JsonDocument Parsed(string json, string name)
    {
        JsonDocumentOptions options = new()
        {
            AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = 32,
        };
        try
        {
            return JsonDocument.Parse(json, options);
        }
        catch (JsonException e)
        {
            bool twice = CanParse(json, options with { AllowDuplicateProperties = true });
            throw twice
                ? new RequirementException(RequirementFault.FieldTwice, name, "a field stands twice in an object.", e)
                : new RequirementException(
                    RequirementFault.NotJson, name,
                    $"it is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
    }

    private static bool CanParse(string json, JsonDocumentOptions options)
    {
        try
        {
            using JsonDocument _ = JsonDocument.Parse(json, options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The version where it is a whole number, else 0: that is found out later.</summary>
    private static int TryGetVersion(this JsonElement version) =>
        version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) ? number : 0;
}

/// <summary>JSON of requirements without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TaskRequirement))]
internal sealed partial class RequirementJsonContext : JsonSerializerContext;

/// <summary>Enum members by their names, such as <c>idLike</c>; numbers are refused.</summary>
internal sealed class CamelCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(
    JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
