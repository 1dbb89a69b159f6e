using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.Requirements;

/// <summary>An object of the JSON that keeps fields which this library does not know.</summary>
public abstract record ExtensibleJson
{
    /// <summary>Fields that this library does not know, written again as they were; else null.</summary>
    [JsonExtensionData, JsonInclude, JsonPropertyOrder(1)]
    public IDictionary<string, JsonElement>? Other { get; internal set; }
}
