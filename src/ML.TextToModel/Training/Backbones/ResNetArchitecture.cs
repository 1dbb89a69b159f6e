namespace ML.TextToModel.Training;

/// <summary>
/// The residual networks for small images of He et al. (2016, arXiv 1512.03385, section 4.2): a 3×3 convolution, three
/// stages of blocks of two 3×3 convolutions with batch norm, and the mean over the image. The first block of the second
/// and third stage halves the image and doubles the channels; shortcuts have no parameters (option A). The defaults are
/// ResNet-20, with 64 features.
/// </summary>
public sealed record ResNetArchitecture
{
    /// <summary>Blocks of each stage, from 1. Default 3.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Channels of the first stage, even. Default 16.</summary>
    public int Channels { get; init; } = 16;

    /// <summary>The number of features: channels of the last stage.</summary>
    public int Features => 4 * Channels;

    /// <summary>How it is trained unless told otherwise: for a few dozen epochs on CIFAR-100.</summary>
    public static TrainingOptions Training { get; } = new()
    {
        Epochs = 60, BatchSize = 128, Optimizer = OptimizerKind.Sgd, Rate = 0.1f, Decay = 5e-4f, WarmUp = 0.1,
        ClipNorm = 5,
    };

    /// <summary>Such as <c>ResNet-20</c>: the number of layers with weights.</summary>
    public override string ToString() => $"ResNet-{6 * Blocks + 2}{(Channels == 16 ? "" : $" of {Channels} channels")}";

    /// <summary>What is wrong with the sizes, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        const int maxBlocks = 64, maxChannels = 1024;
        if (Blocks is < 1 or > maxBlocks) yield return $"{Blocks} blocks are not between 1 and {maxBlocks}.";
        if (Channels is < 2 or > maxChannels || Channels % 2 != 0)
            yield return $"{Channels} channels are not an even number from 2 to {maxChannels}.";
    }
}
