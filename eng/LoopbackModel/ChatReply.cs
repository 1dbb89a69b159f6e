using System.Text.Json.Nodes;

namespace ML.TextToModel.Loopback;

/// <summary>What the server answers to a request.</summary>
public sealed record ChatReply
{
    /// <summary>The status of the reply.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Further header lines, each with its end.</summary>
    public string Headers { get; init; } = "";

    /// <summary>The body, JSON where all is well.</summary>
    public string Body { get; init; } = "";

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Sends nothing, and keeps the connection open.</summary>
    public bool Stalls { get; init; }

    /// <summary>A model that says this.</summary>
    public static ChatReply Says(string content) => Message(new() { ["role"] = "assistant", ["content"] = content });

    /// <summary>A model that calls a tool.</summary>
    public static ChatReply Calls(string function, JsonObject arguments) => Message(
        new()
        {
            ["role"] = "assistant", ["content"] = null,
            ["tool_calls"] = new JsonArray(new JsonObject
            {
                ["id"] = $"call-{function}", ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = function, ["arguments"] = arguments.ToJsonString() },
            }),
        },
        "tool_calls");

    /// <summary>A model that declines, by the field that the protocol has for it.</summary>
    public static ChatReply Declines() => Message(
        new() { ["role"] = "assistant", ["content"] = null, ["refusal"] = "I cannot help with that." });

    /// <summary>A status without a completion.</summary>
    public static ChatReply Fails(int status, string headers = "") => new()
    {
        Status = status, Headers = headers, Body = """{"error": {"message": "secret-key of row 17", "code": "x"}}""",
    };

    private static ChatReply Message(JsonObject message, string why = "stop") => new()
    {
        Body = new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "test-model",
            ["choices"] = new JsonArray(
                new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = why }),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = 100, ["completion_tokens"] = 20, ["total_tokens"] = 120,
            },
        }.ToJsonString(),
    };
}
