namespace ML.TextToModel.Datasets.Png;

/// <summary>Decodes PNG files (W3C, Portable Network Graphics, third edition).</summary>
internal static class PngDecoder
{
    /// <summary>Deflate turns a byte into this many at most (zlib, technical details).</summary>
    private const int MostDeflateRatio = 1032;

    private const int MaxPaletteBytes = 256 * RgbImage.Channels;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a file that begins with the first half of <see cref="Signature"/>.</summary>
    public static RgbImage Decode(FileBytes file, DecodingLimits limits)
    {
        if (!file.Slice(0, Signature.Length).SequenceEqual(Signature))
        {
            throw file.Fault(DecodingFault.BadHeader, 0,
                "the signature is damaged, as it is when a PNG was sent as a text. Fetch the file again.");
        }
        PngChunk chunk = PngChunk.Read(file, Signature.Length);
        PngHeader header = PngHeader.Read(file, chunk, limits);
        PngChunk? palette = null, transparency = null;
        var data = new List<PngChunk>();
        int orientation = Orientation.Upright;
        while ((chunk = PngChunk.Read(file, chunk.Next)).Type != PngChunk.End)
        {
            switch (chunk.Type)
            {
                case PngChunk.Palette when data.Count == 0 && palette is null:
                    palette = CheckPalette(file, header, chunk);
                    break;
                case PngChunk.Transparency when data.Count == 0 && header.Samples % 2 == 1:
                    transparency = CheckTransparency(file, header, palette, chunk);
                    break;
                case PngChunk.Data when data.Count == 0 || data[^1].Next == chunk.Start - 8:
                    data.Add(chunk);
                    break;
                case PngChunk.Exif:
                    orientation = Orientation.Find(file.Slice(chunk.Start, chunk.Length));
                    break;
                case PngChunk.Header or PngChunk.Palette or PngChunk.Transparency or PngChunk.Data:
                    throw Missing(chunk.Start, $"the chunk {chunk.Type} is in the wrong place");
                default:
                    if (!chunk.IsCritical) break;
                    throw file.Fault(DecodingFault.Unsupported, chunk.Start,
                        $"the image needs the chunk {chunk.Type}, which is not known here. Save it as plain PNG.");
            }
        }
        if (data.Count == 0) throw Missing(chunk.Start, "there is no data (IDAT)");
        if (header.Colour == PngColour.Palette && palette is null)
            throw Missing(chunk.Start, "there is no palette (PLTE)");
        CheckDataSize(file, header, data);

        var pixels = new PngPixels(file, header, palette, transparency);
        using (var rows = new PngData(file, data)) Read(rows, header, pixels);
        return Orientation.Apply(
            new RgbImage(header.Width, header.Height, pixels.Pixels, pixels.Alpha), orientation);

        DecodingException Missing(int offset, string what) =>
            file.Fault(DecodingFault.MissingPart, offset, $"{what}. The file is damaged.");
    }

    private static void Read(PngData data, PngHeader header, PngPixels pixels)
    {
        foreach (PngPass pass in PngPass.Of(header))
        {
            int width = pass.Width(header), height = pass.Height(header);
            byte[] row = new byte[1 + header.RowBytes(width)], above = new byte[row.Length];
            for (int i = 0; i < height; i++)
            {
                data.ReadRow(row, above, header.PixelBytes);
                pixels.Put(row.AsSpan(1), width, (pass.Y + i * pass.StepY) * header.Width + pass.X, pass.StepX);
                (row, above) = (above, row);
            }
        }
        data.Finish();
    }

    /// <summary>Refuses data that cannot hold the image, before anything is allocated for that.</summary>
    private static void CheckDataSize(FileBytes file, PngHeader header, List<PngChunk> data)
    {
        long needed = PngPass.Of(header).Sum(pass => (1 + header.RowBytes(pass.Width(header))) * pass.Height(header));
        if (needed <= MostDeflateRatio * data.Sum(chunk => (long)chunk.Length)) return;
        throw file.Fault(DecodingFault.Truncated, data[0].Start,
            $"the compressed data is too short for {header.Width}×{header.Height} pixels. The file is damaged.");
    }

    private static PngChunk CheckPalette(FileBytes file, PngHeader header, PngChunk chunk)
    {
        if (chunk.Length is > 0 and <= MaxPaletteBytes && chunk.Length % RgbImage.Channels == 0 &&
            header.Colour is not (PngColour.Grey or PngColour.GreyAlpha)) return chunk;
        throw file.Fault(DecodingFault.BadSegment, chunk.Start, $"the palette cannot be of {chunk.Length} bytes.");
    }

    private static PngChunk CheckTransparency(FileBytes file, PngHeader header, PngChunk? palette, PngChunk chunk)
    {
        bool fits = header.Colour == PngColour.Palette
            ? palette is { } colours && chunk.Length <= colours.Length / RgbImage.Channels
            : chunk.Length == sizeof(ushort) * header.Samples;
        if (fits) return chunk;
        throw file.Fault(DecodingFault.BadSegment, chunk.Start,
            $"the chunk {chunk.Type} cannot be of {chunk.Length} bytes.");
    }
}
