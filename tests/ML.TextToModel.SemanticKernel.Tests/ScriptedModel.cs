using Microsoft.Extensions.AI;

namespace ML.TextToModel.SemanticKernel.Tests;

/// <summary>A language model that says what it was given to say, one message after the other.</summary>
internal sealed class ScriptedModel(params ChatMessage[] messages) : IChatClient
{
    private readonly Queue<ChatMessage> _messages = new(messages);

    public int Asked { get; private set; }

    public static ChatMessage Says(string text) => new(ChatRole.Assistant, text);

    public static ChatMessage Calls(string function, Dictionary<string, object?> arguments) =>
        new(ChatRole.Assistant, [new FunctionCallContent($"call of {function}", function, arguments)]);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked++;
        return Task.FromResult(new ChatResponse(_messages.Dequeue()));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
