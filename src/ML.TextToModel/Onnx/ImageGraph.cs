using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Images as ONNX: one input (N, 3, H, W), red, green and blue from 0 to 255, to features (N, width).
/// </summary>
internal static class ImageGraph
{
    private const int Axes = 4;

    /// <summary>The features of a CNN: its convolutions and the mean over the image.</summary>
    public static string Add(
        OnnxGraph graph, ImagePreprocessing image, CnnSpec cnn, ReadOnlySpan<float> parameters, string input)
    {
        string x = Input(graph, input, image, cnn.Height, cnn.Width);
        for (int i = 0; i < cnn.Channels.Count; i++)
        {
            ParameterSlot slot = cnn.Layout[$"conv{i + 1}.weight"];
            string weight = graph.Constant(slot.Of(parameters), slot.Shape.ToArray());
            x = graph.Node("Relu", [Convolution(graph, [x, weight], cnn.Strides[i], padding: 1, groups: 1)]);
        }
        return graph.Node("Flatten", [graph.Node("GlobalAveragePool", [x])]);
    }

    /// <summary>The features of a backbone. A vector has the axes of an image of one pixel on the way.</summary>
    public static string Add(OnnxGraph graph, Backbone backbone, string input)
    {
        BackboneSpec spec = backbone.Spec;
        List<string> values = [Input(graph, input, spec.Image, spec.Height, spec.Width)];
        for (int i = 0; i < spec.Steps.Count; i++)
        {
            values.Add(spec.Steps[i] switch
            {
                ConvolutionStep step => Convolution(
                    graph,
                    [values[step.Input], Weight(graph, backbone, i, "weight"), Weight(graph, backbone, i, "bias")],
                    step.Stride, step.Padding, step.Groups),
                AddStep step => graph.Node("Add", [values[step.First], values[step.Second]]),
                ClampStep step => Clamp(graph, values[step.Input], step),
                SliceStep step => Slice(graph, values[step.Input], step),
                PadStep step => graph.Node("Pad", [values[step.Input], graph.Constant(
                    [.. Ordered(step.Before), .. Ordered(step.After)], 2 * Axes)]),
                MeanStep step => graph.Node("GlobalAveragePool", [values[step.Input]]),
                FlattenStep step => graph.Node(
                    "Reshape", [values[step.Input], graph.Constant([0L, -1, 1, 1], Axes)]),
                var other => throw new NotSupportedException($"The step {other} has no ONNX form."),
            });
        }
        return graph.Node("Flatten", [values[^1]]);
    }

    private static string Input(OnnxGraph graph, string name, ImagePreprocessing image, int height, int width)
    {
        (float Scale, float Shift)[] maps = [.. Enumerable.Range(0, 3).Select(image.Map)];
        string scale = graph.Constant([.. maps.Select(map => map.Scale)], 1, 3, 1, 1);
        string shift = graph.Constant([.. maps.Select(map => map.Shift)], 1, 3, 1, 1);
        return graph.Node("Add", [graph.Node("Mul", [graph.ImageInput(name, height, width), scale]), shift]);
    }

    private static string Convolution(OnnxGraph graph, string[] inputs, int stride, int padding, int groups) =>
        graph.Node(
            "Conv", inputs, OnnxAttribute.Integers("strides", [stride, stride]),
            OnnxAttribute.Integers("pads", [padding, padding, padding, padding]),
            OnnxAttribute.Integer("group", groups));

    private static string Weight(OnnxGraph graph, Backbone backbone, int step, string name)
    {
        ParameterSlot slot = backbone.Spec.Layout[$"backbone.{step}.{name}"];
        return graph.Constant(slot.Of(backbone.Weights), slot.Shape.ToArray());
    }

    private static string Clamp(OnnxGraph graph, string x, ClampStep step)
    {
        if (step is { Low: 0, High: null }) return graph.Node("Relu", [x]);
        return graph.Node("Clip", [x, Limit(step.Low), Limit(step.High)]);

        string Limit(float? limit) => limit is { } number ? graph.Constant([number]) : "";
    }

    private static string Slice(OnnxGraph graph, string x, SliceStep step)
    {
        IEnumerable<int> ends = step.Sizes.Select((size, i) => step.Starts[i] + step.Steps[i] * (size - 1) + 1);
        return graph.Node("Slice",
        [
            x, Longs(Ordered(step.Starts)[1..]), Longs(Ordered([.. ends])[1..]), Longs([1, 2, 3]),
            Longs(Ordered(step.Steps)[1..]),
        ]);

        string Longs(long[] values) => graph.Constant(values, values.Length);
    }

    /// <summary>Numbers of lines, columns and channels in the order (N, C, H, W), 0 for the batch.</summary>
    private static long[] Ordered(IReadOnlyList<int> sizes) => [0, sizes[2], sizes[0], sizes[1]];
}
