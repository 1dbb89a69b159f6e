using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.Cli.Output;

/// <summary>JSON of the tool's documents without reflection, in the names of docs/schemas.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(TrainGenericDocument))]
[JsonSerializable(typeof(TrainTabularDocument))]
[JsonSerializable(typeof(TrainHypernetworkDocument))]
[JsonSerializable(typeof(TrainTinaDocument))]
[JsonSerializable(typeof(ZooBuildDocument))]
[JsonSerializable(typeof(TrainEncoderDocument))]
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(DescribeDocument))]
[JsonSerializable(typeof(GenerateDocument))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(EvalDocument))]
[JsonSerializable(typeof(PredictDocument))]
[JsonSerializable(typeof(ShowDocument))]
[JsonSerializable(typeof(DataListDocument))]
[JsonSerializable(typeof(DataGetDocument))]
[JsonSerializable(typeof(DataVerifyDocument))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>Leaves letters of all languages and &lt; as they are: the output is no part of a web page.</summary>
    public static ToolJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
