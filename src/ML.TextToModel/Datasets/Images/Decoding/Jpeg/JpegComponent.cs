namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>One colour channel of a JPEG image: how it is sampled, and its samples once decoded.</summary>
internal sealed class JpegComponent(int id, int horizontal, int vertical, int quantization)
{
    public const int BlockSide = 8, BlockSize = 64;

    /// <summary>The number that scans call it by.</summary>
    public int Id => id;

    /// <summary>Blocks side by side in a unit of the image (MCU); the sampling factor.</summary>
    public int Horizontal => horizontal;

    /// <summary>Blocks one below the other in a unit.</summary>
    public int Vertical => vertical;

    /// <summary>The number of its quantization table.</summary>
    public int QuantizationSlot => quantization;

    /// <summary>Samples of a row and of a column, without padding.</summary>
    public int Width { get; private set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; private set; }

    /// <summary>Blocks of a row and of a column that hold samples.</summary>
    public int BlocksWide => Blocks(Width);

    /// <inheritdoc cref="BlocksWide"/>
    public int BlocksHigh => Blocks(Height);

    /// <summary>Blocks of a row, those that pad a unit included.</summary>
    public int BlocksInRow { get; private set; }

    private int BlockRows { get; set; }

    /// <summary>Samples from one row to the next.</summary>
    public int Stride => BlocksInRow * BlockSide;

    /// <summary>The samples, row by row, padding included.</summary>
    public byte[] Samples { get; private set; } = [];

    /// <summary>The coefficients, block by block in natural order; only where scans refine them.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>The quantization table that held when its first scan began; null before.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>The difference of the constant coefficient is to that of the block before.</summary>
    public int Prediction { get; set; }

    /// <summary>Tells it how large it is.</summary>
    /// <param name="width">Its own samples, without padding.</param>
    /// <param name="height">The same.</param>
    /// <param name="unitsWide">Units of the image in a row.</param>
    /// <param name="unitsHigh">Rows of units.</param>
    public void SetSize(int width, int height, int unitsWide, int unitsHigh)
    {
        (Width, Height) = (width, height);
        (BlocksInRow, BlockRows) = (unitsWide * horizontal, unitsHigh * vertical);
    }

    /// <summary>Makes room for the samples or, for several scans, the coefficients.</summary>
    public void Allocate(bool progressive)
    {
        if (progressive) Coefficients = new short[BlocksInRow * BlockRows * BlockSize];
        else AllocateSamples();
    }

    /// <summary>Where the samples of a block begin.</summary>
    public Span<byte> SamplesOf(int row, int column) =>
        Samples.AsSpan((row * BlocksInRow * BlockSide + column) * BlockSide);

    /// <summary>The coefficients of a block.</summary>
    public Span<short> CoefficientsOf(int row, int column) =>
        Coefficients.AsSpan((row * BlocksInRow + column) * BlockSize, BlockSize);

    /// <summary>Turns the coefficients into samples, and drops them.</summary>
    public void Transform()
    {
        AllocateSamples();
        for (int row = 0; row < BlocksHigh; row++)
            for (int column = 0; column < BlocksWide; column++)
                InverseDct.Run(CoefficientsOf(row, column), Quantization!, SamplesOf(row, column), Stride);
        Coefficients = [];
    }

    private void AllocateSamples() => Samples = new byte[BlocksInRow * BlockRows * BlockSize];

    private static int Blocks(int samples) => (samples + BlockSide - 1) / BlockSide;
}
