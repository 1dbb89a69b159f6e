namespace ML.TextToModel.Datasets.Png;

/// <summary>
/// The pixels that are stored together: every <paramref name="StepX"/>-th from <paramref name="X"/> on of every
/// <paramref name="StepY"/>-th row from <paramref name="Y"/> on.
/// </summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    /// <summary>The seven passes of Adam7 (PNG, third edition, 8.1).</summary>
    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    /// <summary>The passes of an image that hold pixels.</summary>
    public static IEnumerable<PngPass> Of(PngHeader header) =>
        (header.Interlaced ? Adam7 : Whole).Where(pass => pass.Width(header) > 0 && pass.Height(header) > 0);

    /// <summary>Pixels of a row of the pass.</summary>
    public int Width(PngHeader header) => (header.Width - X + StepX - 1) / StepX;

    /// <summary>Rows of the pass.</summary>
    public int Height(PngHeader header) => (header.Height - Y + StepY - 1) / StepY;
}
