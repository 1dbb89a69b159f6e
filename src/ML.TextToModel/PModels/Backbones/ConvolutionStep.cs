using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>
/// A convolution with bias, whose weights are <c>weight</c> (channels, input channels / groups, kernel height, kernel
/// width) and <c>bias</c> (channels). A linear layer is one of a single pixel.
/// </summary>
/// <param name="Input">The value it takes.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="KernelHeight">Lines of the window.</param>
/// <param name="KernelWidth">Columns of the window.</param>
/// <param name="Stride">Step of the window in both directions.</param>
/// <param name="Padding">Zeros round the image on all sides.</param>
/// <param name="Groups">Groups of channels that do not see each other; divides both numbers of channels.</param>
public sealed record ConvolutionStep(
    int Input, int Channels, int KernelHeight, int KernelWidth, int Stride, int Padding, int Groups) : BackboneStep
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    /// <summary>The shape of its weight for an input of <paramref name="inChannels"/> channels.</summary>
    internal Shape WeightShape(int inChannels) => [Channels, inChannels / Groups, KernelHeight, KernelWidth];

    /// <summary>The number of its weights and biases.</summary>
    internal long WeightCount(int inChannels) =>
        ((long)inChannels / Groups * KernelHeight * KernelWidth + 1) * Channels;

    internal ConvolutionShape Convolution(BackboneShape input) => new(
        1, false, 1, input.Height, input.Width, input.Channels, Channels, KernelHeight, KernelWidth, Stride, Padding,
        Groups);

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs)
    {
        const int maxWindow = 64, maxStride = 64;
        BackboneShape input = inputs[0];
        if (Channels is < 1 or > MaxSize) return $"A convolution has {Channels} channels.";
        if (KernelHeight is < 1 or > maxWindow || KernelWidth is < 1 or > maxWindow)
            return $"A window of {KernelHeight}×{KernelWidth} is not from 1 to {maxWindow} on each side.";
        if (Stride is < 1 or > maxStride) return $"A stride of {Stride} is not from 1 to {maxStride}.";
        if (Padding is < 0 or >= maxWindow) return $"A padding of {Padding} is not from 0 to {maxWindow - 1}.";
        if (Groups < 1 || Channels % Groups != 0 || input.Channels % Groups != 0)
            return $"{Groups} groups do not divide {input.Channels} and {Channels} channels.";
        return input.Height + 2 * Padding < KernelHeight || input.Width + 2 * Padding < KernelWidth
            ? $"A window of {KernelHeight}×{KernelWidth} does not fit into {input}."
            : null;
    }

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs)
    {
        ConvolutionShape shape = Convolution(inputs[0]);
        return new(shape.OutHeight, shape.OutWidth, Channels);
    }
}
