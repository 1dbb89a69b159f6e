using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for ONNX files: networks that the library itself wrote.</summary>
internal static class OnnxFuzz
{
    private static readonly OnnxImportOptions s_options = new() { Image = new([0, 0, 0], [1, 1, 1]), Output = "y" };

    public static IReadOnlyList<byte[]> Files { get; } = [Convolutional(), Moving()];

    /// <summary>Reads a file and puts an image through the network.</summary>
    public static void Read(byte[] data)
    {
        Backbone backbone = OnnxImport.Parse(data, s_options);
        backbone.Extract(new float[backbone.RowLength], new float[backbone.FeatureLength]);
    }

    private static byte[] Convolutional()
    {
        OnnxGraph graph = new();
        string image = graph.ImageInput("image", 5, 4);
        string x = graph.Node(
            "Conv", [image, graph.Constant(new float[36], 2, 3, 3, 2), graph.Constant([1f, 2f], 2)],
            OnnxAttribute.Integers("strides", [2, 2]), OnnxAttribute.Integers("pads", [0, 1, 1, 0]));
        x = graph.Node("Clip", [x, graph.Constant([0f]), graph.Constant([6f])]);
        x = graph.Node("Conv", [x, graph.Constant(new float[2], 2, 1, 1, 1)], OnnxAttribute.Integer("group", 2));
        x = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [graph.Node("Relu", [x])])]);
        x = graph.Node("Gemm", [x, graph.Constant(new float[6], 3, 2)], OnnxAttribute.Integer("transB", 1));
        graph.FloatOutput(graph.Node("Add", [x, graph.Constant([1f, 2f, 3f], 3)]), "y", 3);
        return graph.Model([]);
    }

    private static byte[] Moving()
    {
        OnnxGraph graph = new();
        string image = graph.ImageInput("image", 3, 3);
        string x = graph.Node("Pad", [image, graph.Constant([0L, 1, 0, 0, 0, 0, 1, 2], 8)]);
        x = graph.Node(
            "Slice",
            [
                x, graph.Constant([1L, 0], 2), graph.Constant([4L, 9], 2), graph.Constant([1L, 3], 2),
                graph.Constant([1L, 2], 2),
            ]);
        x = graph.Node("Flatten", [graph.Node("Add", [x, x])]);
        graph.FloatOutput(graph.Node("MatMul", [x, graph.Constant(new float[108], 36, 3)]), "y", 3);
        return graph.Model([]);
    }
}
