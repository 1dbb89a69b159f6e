using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.SemanticKernel;

/// <summary>Why a tool could not do what it was asked for.</summary>
internal sealed record ErrorReply(string Error);

/// <summary>A classifier that was written.</summary>
internal sealed record ClassifierReply(
    string Model, string Task, IReadOnlyList<string> Classes, string Made, int Rows, IReadOnlyList<string> Warnings);

/// <summary>What a classifier says of rows or images; of many, the first ones.</summary>
internal sealed record PredictionsReply(int Rows, int Failed, IReadOnlyList<PredictionReply> Predictions);

/// <summary>What a classifier says of one row or image, with the probability, or why it says nothing.</summary>
internal sealed record PredictionReply(string Place, string? Label, float? Probability, string? Error);

/// <summary>JSON of the replies.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(ClassifierReply))]
[JsonSerializable(typeof(PredictionsReply))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>Camel case, letters of all languages as they are, and no nulls.</summary>
    public static ToolJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
