namespace ML.TextToModel.Tensors.Layers;

/// <summary>Two-dimensional convolution of channels-last images (B, H, W, C).</summary>
public sealed class Conv2d
{
    private readonly int _stride, _padding, _groups;

    /// <summary>
    /// Makes <c>weight</c> (outChannels, inChannels / groups, kernel, kernel) and, if asked for, <c>bias</c>
    /// (outChannels), in PyTorch's way.
    /// </summary>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv2d(
        ParameterBuilder parameters, int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0,
        int groups = 1, bool bias = true)
    {
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException(
                $"{groups} groups do not divide {inChannels} and {outChannels} channels.", nameof(groups));
        (_stride, _padding, _groups) = (stride, padding, groups);
        int fanIn = inChannels / groups * kernel * kernel;
        Weight = parameters.Create(
            "weight", [outChannels, inChannels / groups, kernel, kernel], Initializers.FanIn(fanIn));
        if (bias) Bias = parameters.Create("bias", [outChannels], Initializers.FanIn(fanIn));
    }

    /// <summary>The filters, in PyTorch's order of axes.</summary>
    public Tensor Weight { get; }

    /// <summary>What is added to each output channel, if anything.</summary>
    public Tensor? Bias { get; }

    /// <summary>(B, H, W, inChannels) → (B, OH, OW, outChannels).</summary>
    public Tensor Forward(Tensor x)
    {
        Tensor y = x.Convolve(Weight, _stride, _padding, _groups);
        return Bias is null ? y : y + Bias;
    }
}
