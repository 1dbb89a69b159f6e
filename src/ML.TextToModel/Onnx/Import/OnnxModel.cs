namespace ML.TextToModel.Onnx;

/// <summary>What an ONNX file says of a network, as far as it is read here.</summary>
internal sealed record OnnxModel(
    int Opset, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Tensors,
    IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string> Outputs);

/// <summary>An operator with the names of what it takes and gives.</summary>
internal sealed record OnnxNode(
    string Name, string Operator, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxValue> Attributes)
{
    /// <summary>For messages: the operator and the name of the node, or of its output.</summary>
    public override string ToString() => $"{Operator} {(Name.Length > 0 ? Name : string.Join(' ', Outputs))}";
}

/// <summary>The value of an attribute; what it is not is empty or null.</summary>
internal sealed record OnnxValue(
    long? Integer, float? Single, string? Text, IReadOnlyList<long> Integers, OnnxTensor? Tensor);

/// <summary>A constant: floats or whole numbers, in row-major order.</summary>
internal sealed record OnnxTensor(IReadOnlyList<int> Shape, float[]? Singles, long[]? Integers);

/// <summary>An input of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sizes">The sizes of its axes, null where the file leaves one open; null where it has no shape.</param>
internal sealed record OnnxInput(string Name, IReadOnlyList<int?>? Sizes);
