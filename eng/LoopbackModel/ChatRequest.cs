using System.Text.Json.Nodes;

namespace ML.TextToModel.Loopback;

/// <summary>A request that came.</summary>
/// <param name="Head">Its first line and headers.</param>
/// <param name="Body">Its JSON.</param>
public sealed record ChatRequest(string Head, string Body)
{
    /// <summary>The body.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>All that the messages say, images aside.</summary>
    public string Text => string.Concat(Json["messages"]!.AsArray().Select(message => message!["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        { } text => (string?)text,
        null => "",
    }));
}
