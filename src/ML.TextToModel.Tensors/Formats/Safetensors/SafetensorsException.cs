namespace ML.TextToModel.Tensors.Formats;

/// <summary>A safetensors file is damaged, hostile, or other than its reader expects.</summary>
public sealed class SafetensorsException : TensorFileException
{
    internal SafetensorsException(SafetensorsFault fault, string origin, string detail, Exception? inner = null)
        : base($"{origin}: {detail}", inner) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public SafetensorsFault Fault { get; }
}
