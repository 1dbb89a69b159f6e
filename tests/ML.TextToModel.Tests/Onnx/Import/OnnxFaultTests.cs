using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx.Tests;

/// <summary>Damaged, hostile and unsupported files: one clear error each.</summary>
public sealed class OnnxFaultTests
{
    private static readonly OnnxImportOptions s_options = new() { Image = new([0, 0, 0], [1, 1, 1]) };

    public static TheoryData<OnnxFault, byte[], string> Files => new()
    {
        { OnnxFault.Malformed, "PK\u0003\u0004 a zip file"u8.ToArray(), "no ONNX file" },
        { OnnxFault.Malformed, [], "this is no ONNX model" },
        { OnnxFault.Malformed, GraphFile.Sound().ToArray()[..100], "A field is longer than its message" },
        {
            OnnxFault.UnknownOperatorSet, new GraphFile { Opset = 10 }.ToArray(),
            "Operator set 10 is not from 11 to 24"
        },
        {
            OnnxFault.TooLarge, Graph(g => g.Tensor("t", 7, [.. Enumerable.Repeat(1, 33)], [])),
            "A list has more than 32 entries."
        },
        {
            OnnxFault.TooLarge,
            Graph(g => g.Integers("p", 0, 0, 60000, 60000, 0, 0, 0, 0).Node("Pad", "image p", "a")
                .Node("GlobalAveragePool", "a", "y")),
            "gives too large a value"
        },
        { OnnxFault.BadTensor, Graph(g => g.Tensor("t", 1, [2], new byte[7])), "'t' has not the 2 elements" },
        { OnnxFault.BadTensor, Graph(g => g.Tensor("t", 11, [2], new byte[16])), "element type 11" },
        { OnnxFault.BadTensor, Graph(g => g.Tensor("t", 1, [-1], [])), "'t' has no valid shape" },
        {
            OnnxFault.BadInput, new GraphFile().Input("a", 1, 3, 4, 5).Input("b", 1, 3, 4, 5).Output("y").ToArray(),
            "not one input of images"
        },
        { OnnxFault.BadInput, new GraphFile().Input("a", 1, 1, 4, 5).Output("y").ToArray(), "not one input of images" },
        { OnnxFault.BadInput, new GraphFile().Input("a", 1, 3, null, 5).Output("y").ToArray(), "leaves the size" },
        { OnnxFault.BadOutput, new GraphFile().Input("image", 1, 3, 4, 5).ToArray(), "The graph has no output." },
        { OnnxFault.BadOutput, Graph(g => g.Node("Relu", "image", "y")), "is an image, 4×5×3" },
        { OnnxFault.DuplicateName, Graph(g => g.Integers("t", 1).Integers("t", 1)), "Two values are named 't'." },
        {
            OnnxFault.DuplicateName, Graph(g => g.Node("Relu", "image", "y").Node("Relu", "y", "y")),
            "Two values are named 'y'."
        },
        { OnnxFault.MissingInput, Graph(g => g.Node("Relu", "nowhere", "y")), "gives the value 'nowhere'" },
        {
            OnnxFault.MissingInput, Graph(g => g.Node("Relu", "b", "a").Node("Relu", "a", "b").Node("Relu", "b", "y")),
            "part of a cycle"
        },
        { OnnxFault.MissingInput, Graph(g => g.Node("Conv", "image nowhere", "y")), "gives the value 'nowhere'" },
        { OnnxFault.MissingInput, Graph(g => g.Node("Conv", "image", "y")), "lacks its input number 1" },
        { OnnxFault.UnsupportedOperator, Graph(g => g.Node("Sigmoid\u001b[2J", "image", "y")), "'Sigmoid?[2J y' is" },
        {
            OnnxFault.UnsupportedNode,
            Graph(g => g.Singles("w", [1, 3, 1, 1], 1, 1, 1)
                .Node("Conv", "image w", "y", OnnxAttribute.Integers("dilations", [2, 2]))),
            "has a dilation"
        },
        { OnnxFault.UnsupportedNode, Graph(g => g.Node("Conv", "image image", "y")), "no constant of floats" },
        {
            OnnxFault.BadShape, Graph(g => g.Singles("w", [1, 2, 1, 1], 1, 1).Node("Conv", "image w", "y")),
            "does not fit 3 channels in 1 groups"
        },
        {
            OnnxFault.BadShape, Graph(g => g.Singles("w", [1, 3, 9, 1], new float[27]).Node("Conv", "image w", "y")),
            "A window of 9×1 does not fit into 4×5×3."
        },
        {
            OnnxFault.NotFinite,
            Graph(g => g.Singles("w", [1, 3, 1, 1], 1, 1, float.NaN).Node("Conv", "image w", "y")), "an infinity or NaN"
        },
    };

    [Theory, MemberData(nameof(Files))]
    public void The_fault_is_named(OnnxFault fault, byte[] file, string message)
    {
        OnnxException exception = Assert.Throws<OnnxException>(() => OnnxImport.Parse(file, s_options, "file"));
        Assert.StartsWith("file cannot be read as a backbone: ", exception.Message);
        Assert.Contains(message, exception.Message);
        Assert.Equal(fault, exception.Fault);
    }

    [Fact]
    public void Every_fault_has_a_file() => Assert.Equal(
        Enum.GetValues<OnnxFault>().Order(), Files.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void Deep_convolutions_cannot_ask_for_hours()
    {
        GraphFile graph = new GraphFile().Input("image", 1, 3, 1024, 1024).Output("y")
            .Singles("w", [16, 3, 1, 1], new float[48]).Singles("v", [16, 16, 63, 63], new float[16 * 16 * 63 * 63])
            .Node("Conv", "image w", "x0");
        for (int i = 0; i < 9; i++)
            graph.Node("Conv", $"x{i} v", $"x{i + 1}", OnnxAttribute.Integers("pads", [31, 31, 31, 31]));
        byte[] file = graph.Node("GlobalAveragePool", "x9", "y").ToArray();
        Assert.Contains(
            "multiplications", Assert.Throws<OnnxException>(() => OnnxImport.Parse(file, s_options)).Message);
    }

    private static byte[] Graph(Func<GraphFile, GraphFile> fill) =>
        fill(new GraphFile().Input("image", null, 3, 4, 5).Output("y")).ToArray();
}
