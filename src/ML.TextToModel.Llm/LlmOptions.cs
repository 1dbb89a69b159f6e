namespace ML.TextToModel.Llm;

/// <summary>What is sent to a language model, and how long it may take.</summary>
public sealed record LlmOptions
{
    /// <summary>Tokens of samples and the user's words that are sent, at most, as we estimate them. Default 3,000.
    /// </summary>
    public int MaxTokens { get; init; } = 3000;

    /// <summary>Samples that are sent, at most; the classes take turns. Default 24; 0 sends none.</summary>
    public int MaxSamples { get; init; } = 24;

    /// <summary>Images among them, at most. Default 6; 0 for models that read texts only.</summary>
    public int MaxImages { get; init; } = 6;

    /// <summary>Pixels of the longer side of an image that is sent, at most. Default 256.</summary>
    public int MaxImageSide { get; init; } = 256;

    /// <summary>Characters of a field that are sent, at most. Default 300.</summary>
    public int MaxFieldLength { get; init; } = 300;

    /// <summary>Columns of a table that are sent, at most. Default 40.</summary>
    public int MaxColumns { get; init; } = 40;

    /// <summary>
    /// Whether e-mail addresses, phone and card numbers are taken out of all that is sent. Default yes.
    /// </summary>
    public bool Mask { get; init; } = true;

    /// <summary>How long all requests for a requirement may take together. Default 2 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock of the deadline.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where replies are kept, so that the same question is asked once. Default null: nowhere.</summary>
    public ReplyCache? Cache { get; init; }

    /// <summary>Is told what is about to be sent, before anything is. Default null: nobody.</summary>
    public Action<LlmPrompt>? Sending { get; init; }

    /// <summary>Of the choice of samples. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSamples);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxImages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxImageSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFieldLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxColumns);
    }
}
