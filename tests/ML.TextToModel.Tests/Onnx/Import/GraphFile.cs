using System.Runtime.InteropServices;

namespace ML.TextToModel.Onnx.Tests;

/// <summary>Builds ONNX files field by field, so that they can be wrong.</summary>
internal sealed class GraphFile
{
    private readonly ProtoWriter _graph = new();

    public long Opset { get; init; } = 13;

    public GraphFile Input(string name, params int?[] sizes) => Value(11, name, sizes);

    public GraphFile Output(string name) => Value(12, name, [null, null]);

    public GraphFile Singles(string name, int[] shape, params float[] values) =>
        Tensor(name, 1, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public GraphFile Integers(string name, params long[] values) =>
        Tensor(name, 7, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public GraphFile Tensor(string name, int type, int[] shape, byte[] raw)
    {
        ProtoWriter tensor = new();
        foreach (int size in shape) tensor.Integer(1, size);
        _graph.Message(5, tensor.Integer(2, type).Text(8, name).Bytes(9, raw));
        return this;
    }

    public GraphFile Node(string operation, string inputs, string outputs, params OnnxAttribute[] attributes)
    {
        ProtoWriter node = new();
        foreach (string input in inputs.Split(' ')) node.Text(1, input == "-" ? "" : input);
        foreach (string output in outputs.Split(' ')) node.Text(2, output);
        node.Text(3, "").Text(4, operation);
        foreach (OnnxAttribute attribute in attributes) node.Message(5, attribute.Message);
        _graph.Message(1, node);
        return this;
    }

    public byte[] ToArray() => new ProtoWriter()
        .Integer(1, 7).Message(7, _graph.Text(2, "test"))
        .Message(8, new ProtoWriter().Text(1, "").Integer(2, Opset)).ToArray();

    /// <summary>A sound file of 4×5 images with every operator that is read.</summary>
    public static GraphFile Sound(long opset = 13)
    {
        float[] Numbers(int count, int seed) =>
            [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f + seed))];
        return new GraphFile { Opset = opset }
            .Input("image", null, 3, 4, 5).Output("features").Output("logits")
            .Singles("w1", [4, 3, 3, 2], Numbers(72, 1)).Singles("b1", [4], Numbers(4, 2))
            .Singles("w2", [4, 1, 3, 3], Numbers(36, 3)).Singles("low", [], -0.9f).Singles("high", [], 0.8f)
            .Integers("pads", 0, 1, 0, 1, 0, 1, 1, 0).Integers("starts", 1, 0).Integers("ends", long.MaxValue, -1)
            .Integers("axes", 1, 3).Integers("steps", 1, 2)
            .Singles("w3", [12, 5], Numbers(60, 4)).Singles("b3", [5], Numbers(5, 5))
            .Singles("w4", [7, 5], Numbers(35, 6))
            .Singles("b4", [7], Numbers(7, 7)).Singles("shift", [4, 1, 1], Numbers(4, 8))
            .Singles("rest", [2, 7], Numbers(14, 9))
            .Node("Conv", "image w1 b1", "c1", OnnxAttribute.Integers("pads", [0, 1, 2, 0]),
                OnnxAttribute.Integers("kernel_shape", [3, 2]))                                // 4 channels, 4×5
            .Node("Relu", "c1", "r1")
            .Node("Conv", "r1 w2", "c2", OnnxAttribute.Integers("pads", [1, 1, 1, 1]),
                OnnxAttribute.Integer("group", 4), OnnxAttribute.Integers("strides", [1, 1]))
            .Node("Clip", "c2 low high", "k2")
            .Node("Add", "k2 r1", "sum").Node("Add", "sum shift", "shifted")
            .Node("Pad", "shifted pads", "padded")                                             // 6 channels, 5×6
            .Node("Slice", "padded starts ends axes steps", "sliced")                          // 5 channels, 5×3
            .Node("GlobalAveragePool", "sliced", "mean").Node("Flatten", "mean", "flat")
            .Singles("w0", [5, 12], Numbers(60, 10))
            .Node("MatMul", "flat w0", "wide").Node("MatMul", "wide w3", "product")
            .Node("Add", "product b3", "biased").Node("Identity", "biased", "named")
            .Node("Gemm", "named w4 b4", "features", OnnxAttribute.Integer("transB", 1))
            .Node("Gemm", "features rest", "logits", OnnxAttribute.Integer("transB", 1));
    }

    private GraphFile Value(int field, string name, int?[] sizes)
    {
        ProtoWriter shape = new();
        foreach (int? size in sizes)
            shape.Message(1, size is { } known ? new ProtoWriter().Integer(1, known) : new ProtoWriter().Text(2, "N"));
        ProtoWriter tensor = new ProtoWriter().Integer(1, 1).Message(2, shape);
        _graph.Message(field, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }
}
