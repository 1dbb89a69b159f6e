using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Each operator of a graph (onnx/docs/Operators.md) as steps of a backbone. Values with axes (N, C, H, W) are images,
/// those with (N, C) vectors; the batch stays outside.
/// </summary>
internal static class OnnxOperators
{
    /// <exception cref="OnnxException">The node is not read here, or its inputs do not fit.</exception>
    public static void Add(OnnxNode node, OnnxModel model, BackboneBuilder values)
    {
        if (node.Domain is not ("" or "ai.onnx"))
            throw new OnnxException(
                OnnxFault.UnknownOperatorSet,
                $"{Printable.Quote(node.ToString())} is of {Printable.Quote(node.Domain)}.");
        string output = node.Output();
        if (node.Operator == "Constant")
        {
            values.Set(output, node.Attributes.GetValueOrDefault("value")?.Tensor
                ?? throw node.Unsupported("is a constant of a kind that is not read"));
            return;
        }
        values.Set(output, node.Operator switch
        {
            "Identity" => values.Value(node.Input(0)),
            "Conv" => Convolution(node, values),
            "Relu" => Clamp(node, values, 0, null),
            "Clip" => Clamp(node, values, Limit(node, 1, values), Limit(node, 2, values)),
            "Add" => Sum(node, values),
            "Gemm" => Product(node, values, transposed: node.Integer("transB", 0) != 0),
            "MatMul" => Product(node, values, transposed: false),
            "GlobalAveragePool" => Mean(node, values),
            "Flatten" => Flatten(node, values),
            "Pad" => OnnxMovements.Pad(node, values),
            "Slice" => OnnxMovements.Slice(node, values),
            _ => throw new OnnxException(
                OnnxFault.UnsupportedOperator, $"{Printable.Quote(node.ToString())} is an operator that is not read."),
        });
    }

    private static GraphValue Convolution(OnnxNode node, BackboneBuilder values)
    {
        GraphValue x = values.Value(node.Input(0));
        (float[] weight, IReadOnlyList<int> shape) = node.Singles(1, values);
        if (x.IsVector || shape.Count != 4) throw node.BadShape("is not a convolution of images");
        string pad = node.Text("auto_pad", "NOTSET");
        if (pad is not ("NOTSET" or "VALID")) throw node.Unsupported($"has the auto_pad {Printable.Quote(pad)}");
        if (node.Integers("dilations", 1, 1) is not [1, 1]) throw node.Unsupported("has a dilation");
        int[] strides = node.Integers("strides", 1, 1), kernel = node.Integers("kernel_shape", shape[2], shape[3]);
        if (strides[0] != strides[1]) throw node.Unsupported("has two different strides");
        if (kernel[0] != shape[2] || kernel[1] != shape[3]) throw node.BadShape("has a weight of another kernel_shape");
        int[] pads = node.Integers("pads", 0, 0, 0, 0);   // top, left, bottom, right
        bool even = pads.All(pad => pad == pads[0]);
        if (!even) x = values.Add(node, new PadStep(x.Number, [pads[0], pads[1], 0], [pads[2], pads[3], 0]), [x]);
        long groups = node.Integer("group", 1);
        if (groups < 1 || x.Shape.Channels % groups != 0 || shape[1] != x.Shape.Channels / groups)
            throw node.BadShape($"has a weight that does not fit {x.Shape.Channels} channels in {groups} groups");
        ConvolutionStep step = new(x.Number, shape[0], shape[2], shape[3], strides[0], even ? pads[0] : 0, (int)groups);
        return values.Add(node, step, [x], weight, Bias(node, 2, shape[0], values));
    }

    private static float[] Bias(OnnxNode node, int index, int channels, BackboneBuilder values)
    {
        if (node.OptionalInput(index) is null) return new float[channels];
        (float[] bias, _) = node.Singles(index, values);
        return bias.Length == channels ? bias : throw node.BadShape($"has {bias.Length} biases, not {channels}");
    }

    /// <summary>A linear layer: a convolution of the one pixel of a vector.</summary>
    private static GraphValue Product(OnnxNode node, BackboneBuilder values, bool transposed)
    {
        GraphValue x = values.Value(node.Input(0));
        (float[] weight, IReadOnlyList<int> shape) = node.Singles(1, values);
        if (!x.IsVector || shape.Count != 2) throw node.BadShape("is not a product of a vector and a matrix");
        if (node.Single("alpha", 1) != 1 || node.Single("beta", 1) != 1 || node.Integer("transA", 0) != 0)
            throw node.Unsupported("has an alpha, beta or transA");
        (int outputs, int inputs) = transposed ? (shape[0], shape[1]) : (shape[1], shape[0]);
        if (inputs != x.Shape.Channels) throw node.BadShape($"has {inputs} rows for {x.Shape.Channels} numbers");
        if (!transposed) weight = Transposed(weight, inputs, outputs);
        float[] bias = node.Operator == "Gemm" ? Bias(node, 2, outputs, values) : new float[outputs];
        return values.Add(node, new ConvolutionStep(x.Number, outputs, 1, 1, 1, 0, 1), [x], weight, bias);
    }

    private static float[] Transposed(float[] weight, int rows, int columns)
    {
        float[] result = new float[weight.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) result[j * rows + i] = weight[i * columns + j];
        return result;
    }

    private static float? Limit(OnnxNode node, int index, BackboneBuilder values)
    {
        if (node.OptionalInput(index) is null) return null;
        float[] limit = node.Singles(index, values).Values;
        if (limit.Length != 1 || float.IsNaN(limit[0])) throw node.BadShape("has a limit that is no number");
        return float.IsFinite(limit[0]) ? limit[0] : null;
    }

    private static GraphValue Clamp(OnnxNode node, BackboneBuilder values, float? low, float? high)
    {
        GraphValue x = values.Value(node.Input(0));
        return values.Add(node, new ClampStep(x.Number, low, high), [x]);
    }

    private static GraphValue Sum(OnnxNode node, BackboneBuilder values)
    {
        (string first, string second) = (node.Input(0), node.Input(1));
        if (values.Constant(second) is { } constant) return AddConstant(node, values.Value(first), constant, values);
        if (values.Constant(first) is { } other) return AddConstant(node, values.Value(second), other, values);
        (GraphValue x, GraphValue y) = (values.Value(first), values.Value(second));
        if (x.IsVector != y.IsVector) throw node.BadShape("adds a vector and an image");
        return values.Add(node, new AddStep(x.Number, y.Number), [x, y]);
    }

    /// <summary>A number for each channel: the bias of a convolution that leaves its input as it is.</summary>
    private static GraphValue AddConstant(OnnxNode node, GraphValue x, OnnxTensor constant, BackboneBuilder values)
    {
        int channels = x.Shape.Channels, axis = x.IsVector ? 1 : 3;   // of the channels, from the last
        bool perChannel = constant.Singles?.Length == channels
            && (constant.Shape.Count >= axis && constant.Shape[^axis] == channels || channels == 1);
        if (!perChannel) throw node.Unsupported("adds a constant that is not one number for each channel");
        float[] ones = new float[channels];
        ones.AsSpan().Fill(1);
        return values.Add(
            node, new ConvolutionStep(x.Number, channels, 1, 1, 1, 0, channels), [x], ones, constant.Singles!);
    }

    private static GraphValue Mean(OnnxNode node, BackboneBuilder values)
    {
        GraphValue x = values.Value(node.Input(0));
        return values.Add(node, new MeanStep(x.Number), [x]);
    }

    private static GraphValue Flatten(OnnxNode node, BackboneBuilder values)
    {
        GraphValue x = values.Value(node.Input(0));
        if (node.Integer("axis", 1) is not 1) throw node.Unsupported("flattens another axis than the first");
        GraphValue flat = x.Shape is { Height: 1, Width: 1 } ? x : values.Add(node, new FlattenStep(x.Number), [x]);
        return flat with { IsVector = true };
    }
}
