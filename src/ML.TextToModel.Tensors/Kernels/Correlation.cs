namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// What a convolution and its input gradient have in common: a window slides over a channels-last image, and each of
/// its places gives one pixel of the target. The target's pixels may lie apart. Strides count floats; the image is zero
/// outside.
/// </summary>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Inputs">Channels of the image in each group.</param>
/// <param name="Outputs">Channels of the target in each group.</param>
internal readonly record struct Correlation(int Groups, int Inputs, int Outputs)
{
    /// <summary>Lines of the image.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels of each line of the image.</summary>
    public required int Width { get; init; }

    /// <summary>The first line that the first window covers; may lie outside.</summary>
    public required int Top { get; init; }

    /// <summary>The first column that the first window covers; may lie outside.</summary>
    public required int Left { get; init; }

    /// <summary>Lines and columns from one window to the next.</summary>
    public required int Step { get; init; }

    /// <summary>Lines of the window.</summary>
    public required int WindowHeight { get; init; }

    /// <summary>Columns of the window.</summary>
    public required int WindowWidth { get; init; }

    /// <summary>Lines of the target.</summary>
    public required int Lines { get; init; }

    /// <summary>Pixels of each line of the target.</summary>
    public required int Pixels { get; init; }

    public required nint TargetStart { get; init; }

    public required nint TargetLine { get; init; }

    public required nint TargetPixel { get; init; }

    /// <summary>Where the weight of the first place in the window, first input and output lies.</summary>
    public required nint WeightStart { get; init; }

    public required nint WeightLine { get; init; }

    public required nint WeightColumn { get; init; }

    public required nint WeightGroup { get; init; }

    public required nint WeightInput { get; init; }

    public required nint WeightOutput { get; init; }

    /// <summary>Every channel has a window of its own.</summary>
    public bool IsDepthwise => Inputs == 1 && Outputs == 1;

    /// <summary>Lines of the image that the windows cover.</summary>
    public int CoveredHeight => (Lines - 1) * Step + WindowHeight;

    /// <summary>Columns of the image that the windows cover.</summary>
    public int CoveredWidth => (Pixels - 1) * Step + WindowWidth;

    /// <summary>Terms of each sum.</summary>
    public int Terms => WindowHeight * WindowWidth * Inputs;

    /// <summary><paramref name="lines"/> lines of y from <paramref name="firstLine"/> on.</summary>
    public static Correlation Forward(in ConvolutionShape s, int firstLine, int lines) =>
        new(s.Groups, s.InChannels / s.Groups, s.OutChannels / s.Groups)
        {
            Height = s.Height, Width = s.Width,
            Top = firstLine * s.Stride - s.Padding, Left = -s.Padding, Step = s.Stride,
            WindowHeight = s.KernelHeight, WindowWidth = s.KernelWidth,
            Lines = lines, Pixels = s.OutWidth,
            TargetStart = (nint)firstLine * s.OutWidth * s.OutChannels,
            TargetLine = (nint)s.OutWidth * s.OutChannels, TargetPixel = s.OutChannels,
            WeightStart = 0, WeightLine = s.KernelWidth, WeightColumn = 1,
            WeightGroup = WeightGroupOf(s), WeightInput = s.KernelHeight * s.KernelWidth,
            WeightOutput = (nint)s.InChannels / s.Groups * s.KernelHeight * s.KernelWidth,
        };

    /// <summary>
    /// The pixels (iy, ix) of gx for which (iy + padding) % stride is <paramref name="phaseY"/>, and likewise for ix.
    /// They see those weights only whose line and column have the same remainder; among these gy is correlated with the
    /// window turned by 180 degrees, in steps of one. With stride 1 there is one phase.
    /// </summary>
    public static Correlation InputGradient(in ConvolutionShape s, int phaseY, int phaseX)
    {
        (int firstY, int lines) = PixelsOfPhase(s, s.Height, phaseY);
        (int firstX, int pixels) = PixelsOfPhase(s, s.Width, phaseX);
        int windowHeight = (s.KernelHeight - phaseY + s.Stride - 1) / s.Stride;
        int windowWidth = (s.KernelWidth - phaseX + s.Stride - 1) / s.Stride;
        int lastKy = phaseY + (windowHeight - 1) * s.Stride, lastKx = phaseX + (windowWidth - 1) * s.Stride;
        return new(s.Groups, s.OutChannels / s.Groups, s.InChannels / s.Groups)
        {
            Height = s.OutHeight, Width = s.OutWidth,
            Top = (firstY + s.Padding - lastKy) / s.Stride, Left = (firstX + s.Padding - lastKx) / s.Stride, Step = 1,
            WindowHeight = windowHeight, WindowWidth = windowWidth,
            Lines = lines, Pixels = pixels,
            TargetStart = ((nint)firstY * s.Width + firstX) * s.InChannels,
            TargetLine = (nint)s.Stride * s.Width * s.InChannels, TargetPixel = (nint)s.Stride * s.InChannels,
            WeightStart = (nint)lastKy * s.KernelWidth + lastKx,
            WeightLine = -(nint)s.Stride * s.KernelWidth, WeightColumn = -s.Stride,
            WeightGroup = WeightGroupOf(s),
            WeightInput = (nint)s.InChannels / s.Groups * s.KernelHeight * s.KernelWidth,
            WeightOutput = s.KernelHeight * s.KernelWidth,
        };
    }

    private static nint WeightGroupOf(in ConvolutionShape s) =>
        (nint)(s.OutChannels / s.Groups) * (s.InChannels / s.Groups) * s.KernelHeight * s.KernelWidth;

    private static (int First, int Count) PixelsOfPhase(in ConvolutionShape s, int length, int phase)
    {
        int first = ((phase - s.Padding) % s.Stride + s.Stride) % s.Stride;
        return (first, Math.Max((length - first + s.Stride - 1) / s.Stride, 0));
    }
}
