using System.Text.Json.Nodes;
using ML.TextToModel.Loopback;

namespace Agent;

/// <summary>A model that calls the plugin's functions in turn, and describes the table when asked to.</summary>
internal static class ScriptedAgent
{
    private const string Table = "elements.csv", Model = "elements.t2m", Label = "family";

    private static readonly (string Function, JsonObject Arguments)[] s_calls =
    [
        ("describe_task", new() { ["data"] = Table, ["label"] = Label }),
        ("generate_classifier", new() { ["model"] = Model, ["data"] = Table, ["label"] = Label }),
        ("predict", new() { ["model"] = Model, ["data"] = Table }),
    ];

    public static ChatReply Answer(ChatRequest request)
    {
        if (request.Json["tools"] is null)
        {
            return ChatReply.Says(new JsonObject
            {
                ["requirement"] = "Tell by its properties which family a chemical element is of.",
                ["modality"] = "table",
            }.ToJsonString());
        }
        int done = request.Json["messages"]!.AsArray().Count(message => (string?)message!["role"] == "tool");
        return done < s_calls.Length
            ? ChatReply.Calls($"TextToModel-{s_calls[done].Function}", s_calls[done].Arguments)
            : ChatReply.Says("I described the task, made the classifier elements.t2m, and classified all rows by it.");
    }
}
