using System.Buffers.Binary;

namespace ML.TextToModel.Datasets;

/// <summary>
/// How a stored image is to be turned, as Exif says it (CIPA DC-008, tag 0x0112): values 1 to 8, of which 1 is upright.
/// </summary>
internal static class Orientation
{
    public const int Upright = 1;

    private const int Tag = 0x0112, ShortType = 3, EntryBytes = 12;

    /// <summary>
    /// The orientation in an Exif block, which is a small TIFF file. One that is damaged says nothing: the image is
    /// taken as it is.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        bool little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || !little && !tiff.StartsWith("MM\0*"u8)) return Upright;
        uint start = little
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return Upright;
        int entries = Short(tiff[(int)start..], little);
        ReadOnlySpan<byte> directory = tiff[((int)start + 2)..];
        for (int i = 0; i < entries && directory.Length >= EntryBytes; i++, directory = directory[EntryBytes..])
        {
            if (Short(directory, little) != Tag || Short(directory[2..], little) != ShortType) continue;
            int value = Short(directory[8..], little);
            return value is >= 1 and <= 8 ? value : Upright;
        }
        return Upright;
    }

    /// <summary>The image as it is to be looked at; itself where it is upright.</summary>
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation == Upright) return image;
        bool transposed = orientation >= 5;
        // Where the pixel to the right and the one below come from, in rows and columns of the stored image.
        bool fromRight = orientation is 2 or 3 or 7 or 8, fromBottom = orientation is 3 or 4 or 6 or 7;
        int width = transposed ? image.Height : image.Width, height = transposed ? image.Width : image.Height;
        byte[] pixels = new byte[image.Pixels.Length];
        byte[]? alpha = image.Alpha is null ? null : new byte[image.Alpha.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int column, int row) = transposed ? (y, x) : (x, y);
                if (fromRight) column = image.Width - 1 - column;
                if (fromBottom) row = image.Height - 1 - row;
                int from = row * image.Width + column, to = y * width + x;
                image.Pixels.AsSpan(from * RgbImage.Channels, RgbImage.Channels)
                    .CopyTo(pixels.AsSpan(to * RgbImage.Channels));
                if (alpha is not null) alpha[to] = image.Alpha![from];
            }
        }
        return new RgbImage(width, height, pixels, alpha);
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
