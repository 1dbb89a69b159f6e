using System.Buffers.Binary;
using System.IO.Compression;
using ML.TextToModel.Datasets.Png;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Encodes an image as PNG of 8-bit colour, not interlaced (PNG, third edition). Holds the pixels and nothing else.
/// </summary>
public static class PngEncoder
{
    private const byte BitDepth = 8, Truecolour = 2;

    /// <summary>The bytes of the file.</summary>
    /// <param name="image">The image; where it is transparent, white shows.</param>
    public static byte[] Encode(RgbImage image)
    {
        image = image.OnWhite();
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        (header[8], header[9]) = (BitDepth, Truecolour);

        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        Write(file, "IHDR"u8, header);
        Write(file, "IDAT"u8, Pack(image));
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Each row after the number of its filter: 0, none.</summary>
    private static byte[] Pack(RgbImage image)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int row = image.Width * RgbImage.Channels;
            for (int y = 0; y < image.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(image.Pixels, y * row, row);
            }
        }
        return packed.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] chunk = [.. type, .. data];
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(chunk));
        file.Write(number);
    }
}
