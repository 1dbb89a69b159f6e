namespace ML.TextToModel.Onnx;

/// <summary>The ways in which an ONNX file can be wrong, or be one that is not read here.</summary>
public enum OnnxFault
{
    /// <summary>The bytes are no protocol buffer message of the ONNX format, or are cut short.</summary>
    Malformed,

    /// <summary>The file, or something that it describes, is larger than <see cref="OnnxLimits"/> allows.</summary>
    TooLarge,

    /// <summary>The operators are of a set before 11 or after 24, or of another domain than ONNX's own.</summary>
    UnknownOperatorSet,

    /// <summary>A tensor has another size than its data, an element type that is not read, or data elsewhere.</summary>
    BadTensor,

    /// <summary>The model has no input of images (N, 3, height, width), or several inputs.</summary>
    BadInput,

    /// <summary>There is no output of that name, or it is no vector of features.</summary>
    BadOutput,

    /// <summary>Two nodes or tensors give values of one name.</summary>
    DuplicateName,

    /// <summary>A node takes a value that nothing before it gives: it is missing, or the nodes form a cycle.</summary>
    MissingInput,

    /// <summary>An operator is not one of those that are read here.</summary>
    UnsupportedOperator,

    /// <summary>A node has an attribute, or a kind of input, that is not read here.</summary>
    UnsupportedNode,

    /// <summary>A node's inputs have shapes that do not fit it.</summary>
    BadShape,

    /// <summary>A weight is infinite or not a number.</summary>
    NotFinite,
}

/// <summary>An ONNX file cannot be used as a backbone.</summary>
public sealed class OnnxException : ModelInputException
{
    internal OnnxException(OnnxFault fault, string what) : base(what) => Fault = fault;

    internal OnnxException(string origin, OnnxException cause)
        : base($"{origin} cannot be read as a backbone: {cause.Message}", cause) => Fault = cause.Fault;

    /// <summary>What is wrong.</summary>
    public OnnxFault Fault { get; }
}

/// <summary>What an ONNX file may hold at most.</summary>
public static class OnnxLimits
{
    /// <summary>Bytes of a file: 256 MB.</summary>
    public const int FileBytes = 1 << 28;

    /// <summary>Nodes, tensors, inputs or outputs: 10,000 of each.</summary>
    public const int Entries = 10_000;

    /// <summary>Attributes or inputs of one node, dimensions of one tensor: 32.</summary>
    public const int PerEntry = 32;
}
