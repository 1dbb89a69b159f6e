namespace ML.TextToModel.Tensors.Formats;

/// <summary>An npy file is damaged, hostile, or of a kind that is not read here.</summary>
public sealed class NpyException : TensorFileException
{
    internal NpyException(NpyFault fault, string origin, string detail)
        : base($"{origin}: {detail}", inner: null) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public NpyFault Fault { get; }
}
