using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>The JSON under the metadata key <c>t2m</c>.</summary>
internal sealed record ClassifierMetadata(
    int Format, PModelSpec Spec, IReadOnlyList<string> Classes, Preprocessing Preprocessing, ClassifierCard Card);

/// <summary>
/// JSON of p-models without reflection, in the names that docs/format-t2m.md gives. What a file leaves out would be
/// read as null or 0 whatever its default in code, hence the properties marked as required.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ClassifierMetadata))]
internal sealed partial class ClassifierJson : JsonSerializerContext;
