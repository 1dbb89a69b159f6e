using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Training;

/// <summary>A 3×3 convolution without bias, with batch norm behind it.</summary>
internal sealed class NormalizedConvolution
{
    private const int Kernel = 3, Padding = 1;

    private readonly int _stride;
    private readonly Tensor _weight;
    private readonly BatchNorm _norm;

    public NormalizedConvolution(
        ParameterBuilder parameters, ParameterSet statistics, string name, int inputs, int outputs, int stride)
    {
        _stride = stride;
        int fanIn = Kernel * Kernel * inputs;
        _weight = parameters[name].Create("weight", [outputs, inputs, Kernel, Kernel], Initializers.Kaiming(fanIn));
        _norm = new BatchNorm(parameters[name]["norm"], statistics, name, outputs);
    }

    /// <summary>(B, H, W, inputs) → (B, H / stride, W / stride, outputs).</summary>
    public Tensor Forward(Tensor x, bool relu) => _norm.Forward(x.Convolve(_weight, _stride, Padding), relu);

    /// <summary>The same as a step of a backbone.</summary>
    /// <returns>The number of its value.</returns>
    public int Fold(int input, BackboneDraft draft)
    {
        (float[] weight, float[] bias) = _norm.Fold(_weight);
        return draft.Add(
            new ConvolutionStep(input, bias.Length, Kernel, Kernel, _stride, Padding, Groups: 1), weight, bias);
    }
}

/// <summary>
/// relu(x + f(x)) with f two convolutions (He et al. 2016, figure 2); where f halves the image and doubles the
/// channels, x loses every second line and column and gets channels of zeros.
/// </summary>
internal sealed class ResidualBlock(
    ParameterBuilder parameters, ParameterSet statistics, string name, int inputs, int outputs)
{
    private readonly int _before = (outputs - inputs) / 2;

    private readonly NormalizedConvolution _first =
        new(parameters, statistics, $"{name}.first", inputs, outputs, outputs / inputs);

    private readonly NormalizedConvolution _second =
        new(parameters, statistics, $"{name}.second", outputs, outputs, stride: 1);

    /// <summary>1, or 2 where it halves the image.</summary>
    public int Stride { get; } = outputs / inputs;

    /// <summary>(B, H, W, inputs) → (B, H / stride, W / stride, outputs).</summary>
    public Tensor Forward(Tensor x) =>
        (_second.Forward(_first.Forward(x, relu: true), relu: false) + Shortcut(x)).Relu();

    /// <summary>The same as steps of a backbone.</summary>
    /// <param name="input">The value it takes.</param>
    /// <param name="side">Its height and width in pixels.</param>
    /// <param name="draft">Where the steps go.</param>
    /// <returns>The number of its value.</returns>
    public int Fold(int input, int side, BackboneDraft draft)
    {
        int inner = draft.Add(new ClampStep(_first.Fold(input, draft), 0));
        int outer = _second.Fold(inner, draft), shortcut = input;
        if (Stride > 1)
        {
            shortcut = draft.Add(new SliceStep(
                input, [0, 0, 0], [Stride, Stride, 1], [side / Stride, side / Stride, inputs]));
            shortcut = draft.Add(new PadStep(shortcut, [0, 0, _before], [0, 0, _before]));
        }
        return draft.Add(new ClampStep(draft.Add(new AddStep(outer, shortcut)), 0));
    }

    private Tensor Shortcut(Tensor x)
    {
        if (Stride == 1) return x;
        Shape s = x.Shape;
        Tensor pairs = x.Reshape(s[0], s[1] / Stride, Stride, s[2] / Stride, Stride, s[3]);
        return pairs.Narrow(2, 0, 1).Narrow(4, 0, 1).Reshape(s[0], s[1] / Stride, s[2] / Stride, s[3])
            .Pad((0, 0), (0, 0), (0, 0), (_before, _before));
    }
}
