namespace ML.TextToModel.Requirements;

/// <summary>What can be wrong with the JSON of a requirement.</summary>
public enum RequirementFault
{
    /// <summary>There is no such file, or it cannot be read.</summary>
    NotFound,

    /// <summary>It is longer than <see cref="RequirementJson.MaxLength"/>.</summary>
    TooLong,

    /// <summary>The text is not JSON.</summary>
    NotJson,

    /// <summary>It is JSON, but no object.</summary>
    NotAnObject,

    /// <summary>An object has a field twice.</summary>
    FieldTwice,

    /// <summary>It was written by a later library.</summary>
    LaterVersion,

    /// <summary>A field has a value of a wrong type, or a word that is none of those allowed.</summary>
    WrongValue,

    /// <summary>The values contradict one another or lie out of range (<see cref="TaskRequirement.Faults"/>).</summary>
    Impossible,
}

/// <summary>A requirement cannot be read; the message says what is wrong and where.</summary>
public sealed class RequirementException : ModelInputException
{
    internal RequirementException(RequirementFault fault, string file, string message, Exception? inner = null)
        : base($"{file}: {message}", inner!) => (Fault, File) = (fault, file);

    /// <summary>What is wrong.</summary>
    public RequirementFault Fault { get; }

    /// <summary>The file's path, or the name given with the text.</summary>
    public string File { get; }
}
