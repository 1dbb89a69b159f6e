using Microsoft.Extensions.AI;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>One prompt, the replies to it and what they cost.</summary>
internal sealed class Conversation
{
    private const int MaxRepeated = 4000;

    /// <summary>
    /// What a server may not take: the form of the reply, and images. Without them the words of the prompt still say
    /// all that is needed.
    /// </summary>
    private static readonly (bool Format, bool Images)[] s_variants = [(true, true), (false, true), (false, false)];

    private readonly IChatClient _client;
    private readonly LlmPrompt _prompt;
    private readonly string _model;
    private readonly List<ChatMessage> _since = [];
    private int _variant, _requests;
    private long _input, _output;

    public Conversation(IChatClient client, LlmPrompt prompt)
    {
        (_client, _prompt) = (client, prompt);
        Metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        _model = Metadata?.DefaultModelId ?? "";
    }

    public ChatClientMetadata? Metadata { get; }

    public ModelUsage Usage => new(_model, _requests, _input, _output);

    /// <summary>Asks.</summary>
    public async Task<ChatResponse> AskAsync(CancellationToken cancel)
    {
        while (true)
        {
            (bool format, bool images) = s_variants[_variant];
            ChatOptions options = new() { ResponseFormat = format ? PromptFiles.ReplyFormat : null };
            try
            {
                _requests++;
                ChatResponse response = await _client.GetResponseAsync(
                    [.. _prompt.Messages(images), .. _since], options, cancel);
                _input += response.Usage?.InputTokenCount ?? 0;
                _output += response.Usage?.OutputTokenCount ?? 0;
                return response;
            }
            catch (Exception e) when (IsRejected(e) && HasSimpler())
            {
                _variant++;
            }
        }
    }

    /// <summary>Adds what was wrong with the reply, to ask again.</summary>
    public void Object(string reply, string fault)
    {
        _since.Add(new(ChatRole.Assistant, reply[..Math.Min(MaxRepeated, reply.Length)]));
        _since.Add(new(ChatRole.User, PromptFiles.Repair(fault)));
    }

    /// <summary>Whether the server did not like the form of the question.</summary>
    private static bool IsRejected(Exception exception) => LlmFailure.Status(exception) is 400 or 415 or 422;

    private bool HasSimpler() =>
        _variant + 1 < s_variants.Length && (s_variants[_variant + 1].Images || _prompt.ImageCount > 0);
}
