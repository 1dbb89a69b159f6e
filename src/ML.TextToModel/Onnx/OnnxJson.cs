using System.Text.Json.Serialization;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>JSON of a model's metadata.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ClassifierCard))]
internal sealed partial class OnnxJson : JsonSerializerContext;
