namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution of T tasks, each with weights of its own. Activations are channels-last:
/// input (T, B, H, W, C), output (T, B, OH, OW, O); weights are (T, O, C / groups, KH, KW) as in PyTorch. An ordinary
/// convolution has T = 1.
/// </summary>
/// <param name="Tasks">T.</param>
/// <param name="SharedInput">All tasks see the same input, then of shape (1, B, H, W, C).</param>
/// <param name="Batch">B, images of one task.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="InChannels">C.</param>
/// <param name="OutChannels">O.</param>
/// <param name="KernelHeight">KH.</param>
/// <param name="KernelWidth">KW.</param>
/// <param name="Stride">Step of the window in both directions.</param>
/// <param name="Padding">Zeros put round the image on each side.</param>
/// <param name="Groups">Channels are cut into this many groups that do not see each other; divides C and O.</param>
internal readonly record struct ConvolutionShape(
    int Tasks, bool SharedInput, int Batch, int Height, int Width, int InChannels, int OutChannels,
    int KernelHeight, int KernelWidth, int Stride, int Padding, int Groups)
{
    /// <summary>Outputs below 0 become 0. Kernels leave this, and its gradient, to their callers.</summary>
    public bool Relu { get; init; }

    /// <summary>OH.</summary>
    public int OutHeight => (Height + 2 * Padding - KernelHeight) / Stride + 1;

    /// <summary>OW.</summary>
    public int OutWidth => (Width + 2 * Padding - KernelWidth) / Stride + 1;
}
