using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>What is sent to a language model to get a requirement.</summary>
public sealed class LlmPrompt
{
    internal LlmPrompt(
        string system, IReadOnlyList<AIContent> contents, IReadOnlyList<LlmSample> samples, int tokens) =>
        (System, Contents, Samples, Tokens) = (system, contents, samples, tokens);

    /// <summary>The instructions.</summary>
    public string System { get; }

    /// <summary>Tokens in all, as we estimate them.</summary>
    public int Tokens { get; }

    /// <summary>Samples in it.</summary>
    public int SampleCount => Samples.Count;

    /// <summary>Images among them.</summary>
    public int ImageCount => Samples.Count(sample => sample.IsImage);

    internal IReadOnlyList<LlmSample> Samples { get; }

    internal IReadOnlyList<AIContent> Contents { get; }

    /// <summary>Writes the prompt for a task; sends nothing.</summary>
    /// <param name="input">What the user has; samples are drawn of it.</param>
    /// <param name="profiled">What was found out without a language model.</param>
    /// <param name="options">What may be sent. Default: that of <see cref="LlmOptions"/>.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The input cannot be read.</exception>
    public static LlmPrompt Of(
        TaskInput input, TaskRequirement profiled, LlmOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new LlmOptions();
        options.Check();
        return PromptBuilder.Build(input, profiled, SampleDraw.Of(input, profiled, options, cancel), options);
    }

    /// <summary>What tells one question from another: a digest of all that is sent and of who is asked.</summary>
    internal string Digest(ChatClientMetadata? asked)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(ReadOnlySpan<byte> part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }
        Add(Encoding.UTF8.GetBytes($"{asked?.ProviderUri} {asked?.DefaultModelId}"));
        Add(Encoding.UTF8.GetBytes(System));
        foreach (AIContent content in Contents)
            Add(content is DataContent image ? image.Data.Span : Encoding.UTF8.GetBytes(content.ToString()!));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The messages, with the images or without.</summary>
    internal List<ChatMessage> Messages(bool images = true) =>
    [
        new(ChatRole.System, System),
        new(ChatRole.User, [.. Contents.Where(content => images || content is TextContent)]),
    ];

    /// <summary>The prompt for people: an image as the beginning of its data URI.</summary>
    public override string ToString()
    {
        const int shownOfImage = 60;
        StringBuilder text = new($"{System}\n\n");
        foreach (AIContent content in Contents)
        {
            if (content is not DataContent { Uri: var uri })
                text.Append(content);
            else
                text.Append($"{uri[..Math.Min(shownOfImage, uri.Length)]}… ({uri.Length:N0} characters)\n");
        }
        return text.ToString();
    }
}
