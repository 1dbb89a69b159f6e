namespace ML.TextToModel;

/// <summary>
/// The user's input is wrong: a damaged file, an unknown column, a class that is named twice. The message says what,
/// where and what to do. Anything else that is thrown is a fault of this library.
/// </summary>
public class ModelInputException : Exception
{
    /// <summary>Says what is wrong, where, and what to do.</summary>
    public ModelInputException(string message) : base(message) { }

    /// <summary>Says what is wrong, where, and what to do, and keeps the cause.</summary>
    public ModelInputException(string message, Exception inner) : base(message, inner) { }
}
