using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>
/// The convolutional classifier of Tina (arXiv 2405.14132): 3×3 convolutions without bias, each followed by ReLU, the
/// mean over the image, and one linear layer. The defaults, with 10 classes, have 5,370 parameters.
/// </summary>
public sealed record CnnSpec : PModelSpec
{
    private const int Kernel = 3, Padding = 1, InputChannels = 3;
    private const int MaxActivations = 1 << 24;   // 64 MB

    /// <summary>Pixels of an image from top to bottom. Default 32.</summary>
    [JsonRequired]
    public int Height { get; init; } = 32;

    /// <summary>Pixels of an image from left to right. Default 32.</summary>
    [JsonRequired]
    public int Width { get; init; } = 32;

    /// <summary>Output channels of each convolution. Default 16, 32.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Channels { get; init => field = [.. value]; } = [16, 32];

    /// <summary>Stride of each convolution, as many as <see cref="Channels"/>. Default 2, 1.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Strides { get; init => field = [.. value]; } = [2, 1];

    /// <summary>(height, width, 3): standardised red, green and blue, channels last.</summary>
    [JsonIgnore]
    public override Shape InputShape => [Height, Width, InputChannels];

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        // T p-models, B images of H × W pixels, C channels.
        Tensor x = inputs;                                                                     // (T or 1, B, H, W, 3)
        for (int i = 0; i < Channels.Count; i++) x = x.Convolve(parameters[i], Strides[i], Padding, relu: true);
        Tensor mean = x.Mean(-3, -2).Reshape(x.Shape[0], x.Shape[1], x.Shape[4]);               // (T, B, C)
        return BatchedLayers.Linear(mean, parameters[^2], parameters[^1]);                     // (T, B, classes)
    }

    /// <summary>Such as <c>CNN 32×32, 3 → 16/2 → 32/1 → 10</c>: channels with strides, then classes.</summary>
    public override string ToString() =>
        $"CNN {Height}×{Width}, 3 → {string.Join(" → ", Channels.Zip(Strides, (c, s) => $"{c}/{s}"))} → {Classes}";

    internal override IPredictor CreatePredictor(float[] parameters) => new CnnPredictor(this, parameters);

    /// <summary>What each convolution makes of an image, with its ReLU, in order.</summary>
    internal IEnumerable<ConvolutionShape> Convolutions()
    {
        ConvolutionShape layer = new() { OutChannels = InputChannels };
        (int height, int width) = (Height, Width);
        for (int i = 0; i < Channels.Count; i++)
        {
            layer = new ConvolutionShape(
                1, false, 1, height, width, layer.OutChannels, Channels[i], Kernel, Kernel, Strides[i], Padding, 1)
                { Relu = true };
            (height, width) = (layer.OutHeight, layer.OutWidth);
            yield return layer;
        }
    }

    /// <summary>Products of the convolutions of one image.</summary>
    internal long Products() => Convolutions().Sum(layer =>
        (long)layer.OutHeight * layer.OutWidth * layer.OutChannels * layer.InChannels * Kernel * Kernel);

    private protected override IEnumerable<(string, Shape, int, bool)> ListParameters()
    {
        int channels = InputChannels;
        for (int i = 0; i < Channels.Count; channels = Channels[i++])
            yield return (
                $"conv{i + 1}.weight", [Channels[i], channels, Kernel, Kernel], channels * Kernel * Kernel, false);
        yield return ("head.weight", [Classes, channels], channels, true);
        yield return ("head.bias", [Classes], channels, true);
    }

    private protected override IEnumerable<string> SizeFaults()
    {
        const int maxSide = 1024, maxChannels = 4096, maxLayers = 16, maxStride = 8;
        bool sides = Height is >= 1 and <= maxSide && Width is >= 1 and <= maxSide;
        bool channels = Channels.All(c => c is >= 1 and <= maxChannels);
        bool strides = Strides.All(s => s is >= 1 and <= maxStride);
        if (!sides) yield return $"{Height} × {Width} pixels are not between 1 and {maxSide} on each side.";
        if (Channels.Count is < 1 or > maxLayers)
            yield return $"{Channels.Count} convolutions are not between 1 and {maxLayers}.";
        if (Strides.Count != Channels.Count)
            yield return $"{Strides.Count} strides do not fit {Channels.Count} convolutions.";
        if (!channels) yield return $"A convolution has from 1 to {maxChannels} channels.";
        if (!strides) yield return $"A stride is from 1 to {maxStride}.";
        // A few kilobytes of weights can ask for gigabytes of intermediate values.
        if (sides && channels && strides && Strides.Count == Channels.Count
            && Convolutions().Any(layer => (long)layer.OutHeight * layer.OutWidth * layer.OutChannels > MaxActivations))
            yield return $"A convolution gives more than {MaxActivations} values.";
    }

    private protected override bool SameSizes(PModelSpec other) => other is CnnSpec cnn && Height == cnn.Height
        && Width == cnn.Width && Channels.SequenceEqual(cnn.Channels) && Strides.SequenceEqual(cnn.Strides);

    /// <inheritdoc/>
    public bool Equals(CnnSpec? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
