using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>What a language model said, field by field; not yet believed.</summary>
/// <param name="Sentence">The requirement.</param>
internal sealed record RequirementReply(string Sentence)
{
    /// <summary>Unknown where the reply says nothing, or no word that we know.</summary>
    public Modality Modality { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Of the classes, in their order; "" for none.</summary>
    public IReadOnlyList<string> Descriptions { get; init; } = [];

    /// <summary>Of the classes, in their order, separated by commas; "" for none.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Meanings of the columns, in their order; "" for none.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>Why a reply cannot be read.</summary>
internal enum ReplyFault
{
    /// <summary>It is longer than <see cref="ReplyReader.MaxLength"/>.</summary>
    TooLong,

    /// <summary>It holds no whole JSON object with a field that we know.</summary>
    NoObject,

    /// <summary>Its object holds no sentence.</summary>
    NoSentence,
}

/// <summary>A reply cannot be read; the message says what is wrong with it, in words for the model.</summary>
internal sealed class ReplyException(ReplyFault fault, string message) : Exception(message)
{
    public ReplyFault Fault { get; } = fault;
}
