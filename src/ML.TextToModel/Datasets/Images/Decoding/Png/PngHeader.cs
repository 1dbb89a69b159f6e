namespace ML.TextToModel.Datasets.Png;

/// <summary>What the samples of a pixel mean; the numbers of the format.</summary>
internal enum PngColour
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk (PNG, third edition, 11.2.1).</summary>
internal sealed record PngHeader(int Width, int Height, int Depth, PngColour Colour, bool Interlaced)
{
    private const int Bytes = 13;

    /// <summary>Samples of a pixel.</summary>
    public int Samples => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.GreyAlpha => 2,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes from a sample to the one that filters predict it from: those of a pixel, at least 1.</summary>
    public int PixelBytes => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of a row of so many pixels, without the filter's.</summary>
    public long RowBytes(int width) => ((long)width * Samples * Depth + 7) / 8;

    public static PngHeader Read(FileBytes file, PngChunk chunk, DecodingLimits limits)
    {
        if (chunk.Type != PngChunk.Header || chunk.Length != Bytes)
            throw Bad("the header is missing or of another size");
        ReadOnlySpan<byte> bytes = file.Slice(chunk.Start, Bytes);
        uint width = file.UInt32(chunk.Start), height = file.UInt32(chunk.Start + 4);
        file.CheckSize(width, height, chunk.Start, limits);
        (int depth, var colour) = (bytes[8], (PngColour)bytes[9]);
        int[] depths = colour switch
        {
            PngColour.Grey => [1, 2, 4, 8, 16],
            PngColour.Palette => [1, 2, 4, 8],
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => [8, 16],
            _ => [],
        };
        if (!depths.Contains(depth)) throw Bad($"there is no colour type {(int)colour} of {depth} bits");
        if (bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw Bad("the method of compression, filtering or interlacing is unknown");
        return new PngHeader((int)width, (int)height, depth, colour, bytes[12] == 1);

        DecodingException Bad(string what) =>
            file.Fault(DecodingFault.BadHeader, chunk.Start, $"{what}. The file is damaged, or no PNG.");
    }
}
