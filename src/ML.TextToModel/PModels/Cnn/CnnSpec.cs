using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// The convolutional classifier of Tina (arXiv 2405.14132): 3×3 convolutions without bias, each followed by ReLU, the mean
/// over the image, and one linear layer. The defaults, with 10 classes, have 5,370 parameters.
/// </summary>
public sealed record CnnSpec : PModelSpec
{
    private const int Kernel = 3, Padding = 1, InputChannels = 3;

    /// <summary>Pixels of an image from top to bottom. Default 32.</summary>
    public int Height { get; init; } = 32;

    /// <summary>Pixels of an image from left to right. Default 32.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Output channels of each convolution. Default 16, 32.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32];

    /// <summary>Stride of each convolution, as many as <see cref="Channels"/>. Default 2, 1.</summary>
    public IReadOnlyList<int> Strides { get; init; } = [2, 1];

    /// <summary>(height, width, 3): standardised red, green and blue, channels last.</summary>
    public override Shape InputShape => [Height, Width, InputChannels];

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        // T p-models, B images of H × W pixels, C channels.
        Tensor x = inputs;                                                                     // (T or 1, B, H, W, 3)
        for (int i = 0; i < Channels.Count; i++) x = x.Convolve(parameters[i], Strides[i], Padding).Relu();
        Tensor mean = x.Mean(-3, -2).Reshape(x.Shape[0], x.Shape[1], x.Shape[4]);               // (T, B, C)
        return BatchedLayers.Linear(mean, parameters[^2], parameters[^1]);                     // (T, B, classes)
    }

    internal override IPredictor CreatePredictor(float[] parameters) => new CnnPredictor(this, parameters);

    /// <summary>The output of each convolution, given the size of its input.</summary>
    internal static int OutputSize(int size, int stride) => (size + 2 * Padding - Kernel) / stride + 1;

    private protected override IEnumerable<(string, Shape, int, bool)> ListParameters()
    {
        int channels = InputChannels;
        for (int i = 0; i < Channels.Count; channels = Channels[i++])
            yield return ($"conv{i + 1}.weight", [Channels[i], channels, Kernel, Kernel], channels * Kernel * Kernel, false);
        yield return ("head.weight", [Classes, channels], channels, true);
        yield return ("head.bias", [Classes], channels, true);
    }

    private protected override IEnumerable<string> SizeFaults()
    {
        const int maxSide = 4096, maxChannels = 4096, maxLayers = 16;
        if (Height is < 1 or > maxSide || Width is < 1 or > maxSide)
            yield return $"{Height} × {Width} pixels are not between 1 and {maxSide} on each side.";
        if (Channels.Count is < 1 or > maxLayers) yield return $"{Channels.Count} convolutions are not between 1 and {maxLayers}.";
        if (Strides.Count != Channels.Count) yield return $"{Strides.Count} strides do not fit {Channels.Count} convolutions.";
        if (Channels.Any(c => c is < 1 or > maxChannels)) yield return $"A convolution has from 1 to {maxChannels} channels.";
        if (Strides.Any(s => s is < 1 or > 8)) yield return "A stride is from 1 to 8.";
    }

    private protected override bool SameSizes(PModelSpec other) => other is CnnSpec cnn && Height == cnn.Height
        && Width == cnn.Width && Channels.SequenceEqual(cnn.Channels) && Strides.SequenceEqual(cnn.Strides);

    /// <inheritdoc/>
    public bool Equals(CnnSpec? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
