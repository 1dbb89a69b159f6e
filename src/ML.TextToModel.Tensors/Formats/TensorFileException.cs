namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// A tensor file is damaged, hostile, or not what its reader expects: the base of <see cref="SafetensorsException"/>
/// and <see cref="NpyException"/>. The message says which file, what is wrong with it, and what to do.
/// </summary>
public abstract class TensorFileException : Exception
{
    private protected TensorFileException(string message, Exception? inner) : base(message, inner) { }
}
