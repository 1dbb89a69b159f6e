using Microsoft.Extensions.AI;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// Asks a language model to sum a task up: the requirement generator of ModelGPT (arXiv 2402.12408, section 3.1). What
/// a profiler counts stays as it is; the model adds the sentence, descriptions, and classes where nothing else names
/// them. A reply that cannot be read or contradicts the facts is objected to once; after that, or where the model
/// cannot be reached, the requirement is the profiler's, with a remark. Safe for use by several threads where the
/// client is.
/// </summary>
/// <param name="client">Whom to ask; the caller disposes it.</param>
/// <param name="profiler">Finds out what can be found out without it.</param>
/// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
public sealed class LlmRequirementGenerator(
    IChatClient client, IRequirementGenerator profiler, LlmOptions? options = null) : IRequirementGenerator
{
    private const int Turns = 2;

    private readonly LlmOptions _options = options ?? new LlmOptions();

    /// <inheritdoc/>
    public async Task<TaskRequirement> GenerateAsync(
        TaskInput input, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        TaskRequirement profiled = await profiler.GenerateAsync(input, progress, cancel);
        LlmPrompt prompt = LlmPrompt.Of(input, profiled, _options, cancel);
        Conversation conversation = new(client, prompt);
        Question question = new(input, profiled, prompt, _options);
        string digest = prompt.Digest(conversation.Metadata);
        if (_options.Cache?.Find(digest) is { } cached
            && question.Answer(cached.Reply, out _) is { } known) return known with { Usage = cached.Usage };

        _options.Sending?.Invoke(prompt);
        progress?.Report($"asking {conversation.Usage.Model} with {prompt.SampleCount} samples");
        (string? reply, TaskRequirement? answer, string failure) = await AskAsync(conversation, question, cancel);
        if (answer is null)
        {
            return profiled with
            {
                Remarks = [.. profiled.Remarks, $"The language model {failure}; the requirement is the profiler's."],
                Usage = conversation.Usage,
            };
        }
        _options.Cache?.Keep(digest, new CachedReply(reply!, conversation.Usage));
        return answer with { Usage = conversation.Usage };
    }

    private async Task<(string? Reply, TaskRequirement? Answer, string Failure)> AskAsync(
        Conversation conversation, Question question, CancellationToken cancel)
    {
        using CancellationTokenSource deadline = new(_options.Deadline, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        string fault = "";
        for (int turn = 0; turn < Turns; turn++)
        {
            ChatResponse response;
            try
            {
                response = await conversation.AskAsync(either.Token);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)   // a client may fail in any way
            {
                return (null, null, LlmFailure.Describe(e));
            }
            if (LlmFailure.IsRefusal(response)) return (null, null, "declined to answer");
            if (question.Answer(response.Text, out fault) is { } answer) return (response.Text, answer, "");
            conversation.Object(response.Text, fault);
        }
        return (null, null, $"gave no usable reply in {Turns} turns. The last one: {fault.TrimEnd('.')}");
    }

    /// <summary>What was asked, and with which facts replies have to agree.</summary>
    private sealed class Question(
        TaskInput input, TaskRequirement profiled, LlmPrompt prompt, LlmOptions options)
    {
        private readonly IReadOnlyList<string> _shown = PromptBuilder.ClassNames(profiled, options);
        private readonly Quotation _quotation = new(prompt.Samples, input.Description);

        /// <summary>The requirement by a reply; null, and why, where that cannot be used.</summary>
        public TaskRequirement? Answer(string text, out string fault)
        {
            try
            {
                RequirementReply reply = ReplyReader.Read(text);
                fault = ReplyCheck.Fault(reply, profiled, _shown, _quotation) ?? "";
                return fault.Length > 0 ? null : ReplyMerge.Merge(profiled, reply, input, prompt, options);
            }
            catch (ReplyException unreadable)
            {
                fault = unreadable.Message;
                return null;
            }
        }
    }
}
