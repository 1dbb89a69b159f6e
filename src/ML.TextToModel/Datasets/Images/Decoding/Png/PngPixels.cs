using System.Buffers.Binary;

namespace ML.TextToModel.Datasets.Png;

/// <summary>Turns the samples of a PNG into red, green, blue and opacity of 8 bits.</summary>
internal sealed class PngPixels(FileBytes file, PngHeader header, PngChunk? palette, PngChunk? transparency)
{
    private const int Channels = RgbImage.Channels;
    private const byte Opaque = 255;

    private readonly byte[] _palette =
        palette is { } colours ? file.Slice(colours.Start, colours.Length).ToArray() : [];
    private readonly byte[] _paletteAlpha =
        header.Colour == PngColour.Palette && transparency is { } alphas
            ? file.Slice(alphas.Start, alphas.Length).ToArray() : [];
    private readonly ushort[]? _transparent = TransparentColour(file, header, transparency);

    public byte[] Pixels { get; } = new byte[Channels * header.Width * header.Height];

    public byte[]? Alpha { get; } =
        transparency is not null || header.Colour is PngColour.GreyAlpha or PngColour.Rgba
            ? new byte[header.Width * header.Height] : null;

    /// <summary>Puts the pixels of a stored row in their places.</summary>
    /// <param name="bytes">The row without its filter.</param>
    /// <param name="count">Its pixels.</param>
    /// <param name="start">The place of the first in the image.</param>
    /// <param name="step">How far the next one is.</param>
    public void Put(ReadOnlySpan<byte> bytes, int count, int start, int step)
    {
        if (header is { Colour: PngColour.Rgb, Depth: 8 } && step == 1 && Alpha is null)
        {
            bytes.CopyTo(Pixels.AsSpan(start * Channels));
            return;
        }
        Span<ushort> pixel = stackalloc ushort[header.Samples];
        for (int i = 0; i < count; i++)
        {
            int place = start + i * step;
            for (int c = 0; c < pixel.Length; c++) pixel[c] = Sample(bytes, i * pixel.Length + c);
            Span<byte> rgb = Pixels.AsSpan(place * Channels, Channels);
            if (header.Colour == PngColour.Palette)
            {
                Colour(pixel[0]).CopyTo(rgb);
                if (Alpha is not null)
                    Alpha[place] = pixel[0] < _paletteAlpha.Length ? _paletteAlpha[pixel[0]] : Opaque;
                continue;
            }
            if (header.Samples < Channels) rgb.Fill(EightBits(pixel[0]));
            else for (int c = 0; c < Channels; c++) rgb[c] = EightBits(pixel[c]);
            if (Alpha is not null) Alpha[place] = _transparent is null ? EightBits(pixel[^1])
                : pixel.SequenceEqual(_transparent) ? (byte)0 : Opaque;
        }
    }

    /// <summary>A stored sample; small ones share bytes, the first in the high bits.</summary>
    private ushort Sample(ReadOnlySpan<byte> bytes, int index)
    {
        int depth = header.Depth, bit = index * depth;
        return depth switch
        {
            16 => BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * index)..]),
            8 => bytes[index],
            _ => (ushort)(bytes[bit / 8] >> (8 - depth - bit % 8) & ((1 << depth) - 1)),
        };
    }

    /// <summary>Stretches a sample to 0 to 255; of 16 bits the high ones, as most readers do.</summary>
    private byte EightBits(int sample) => (byte)(header.Depth switch
    {
        16 => sample >> 8,
        8 => sample,
        int depth => sample * 255 / ((1 << depth) - 1),
    });

    private ReadOnlySpan<byte> Colour(int index)
    {
        if ((index + 1) * Channels <= _palette.Length) return _palette.AsSpan(index * Channels, Channels);
        throw file.Fault(DecodingFault.BadPaletteIndex, -1,
            $"a pixel has the colour {index}, and the palette has {_palette.Length / Channels}. The file is damaged.");
    }

    /// <summary>The one colour that is transparent in an image without opacities of its own.</summary>
    private static ushort[]? TransparentColour(FileBytes file, PngHeader header, PngChunk? transparency)
    {
        if (transparency is not { } chunk || header.Colour is not (PngColour.Grey or PngColour.Rgb)) return null;
        return [.. Enumerable.Range(0, header.Samples).Select(i => (ushort)file.UInt16(chunk.Start + 2 * i))];
    }
}
