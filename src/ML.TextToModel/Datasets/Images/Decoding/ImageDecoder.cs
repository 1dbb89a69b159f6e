using ML.TextToModel.Datasets.Jpeg;
using ML.TextToModel.Datasets.Png;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Decodes PNG (all colour types and depths, interlaced or not; of 16 bits the high ones) and JPEG (sequential and
/// progressive Huffman coding, 8 bits; grey, YCbCr, RGB, CMYK and YCCK in Adobe's inverted form), turned upright as
/// their Exif orientation says. Colour profiles and gamma are left out of account. A file that ends early is refused
/// rather than decoded in part, for half an image would spoil what is learned from it; only the closing marker of a
/// JPEG may be missing. Safe for use by several threads at once.
/// </summary>
/// <example><code>
/// RgbImage image = ImageDecoder.Load("cat.jpg").OnWhite();
/// RgbImage small = ImageResizing.Resize(ImageResizing.CropToShape(image, 1, 1), 32, 32);
/// </code></example>
public static class ImageDecoder
{
    /// <summary>Bytes that tell a format.</summary>
    internal const int StartBytes = 8;

    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF];

    /// <summary>The first bytes of other image formats, to name them.</summary>
    private static readonly (string Name, byte[] Start)[] Others =
    [
        ("a GIF image", "GIF8"u8.ToArray()), ("a WebP image", "RIFF"u8.ToArray()),
        ("a TIFF image", "II*\0"u8.ToArray()), ("a TIFF image", "MM\0*"u8.ToArray()),
    ];

    /// <summary>Decodes a file.</summary>
    /// <param name="path">A PNG or JPEG file.</param>
    /// <param name="limits">Default: those of <see cref="DecodingLimits"/>.</param>
    /// <exception cref="DecodingException">The file cannot be read, or it is damaged or too large.</exception>
    public static RgbImage Load(string path, DecodingLimits? limits = null)
    {
        limits ??= new DecodingLimits();
        return Decode(ReadFile(path, limits), path, limits);
    }

    /// <summary>Decodes a file in memory.</summary>
    /// <param name="data">The whole file; not kept.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="limits">Default: those of <see cref="DecodingLimits"/>.</param>
    /// <exception cref="DecodingException">The file is damaged or too large, or neither PNG nor JPEG.</exception>
    public static RgbImage Decode(byte[] data, string name = "the image", DecodingLimits? limits = null)
    {
        limits ??= new DecodingLimits();
        var file = new FileBytes(data, name);
        if (data.Length > limits.FileBytes) throw TooLarge(name, limits);
        if (IsPng(data)) return PngDecoder.Decode(file, limits);
        if (IsJpeg(data)) return JpegDecoder.Decode(file, limits);
        if (data.Length == 0) throw file.Fault(DecodingFault.Truncated, -1, "the file is empty.");
        string kind = OtherFormat(data) ?? "no image, by its start";
        throw file.Fault(DecodingFault.UnknownFormat, -1, $"this is {kind}; PNG and JPEG are read. Convert it first.");
    }

    /// <summary>Whether a file that begins so is an image, though perhaps of a format that is not decoded.</summary>
    internal static bool IsImage(byte[] start) => IsPng(start) || IsJpeg(start) || OtherFormat(start) is not null;

    private static bool IsPng(ReadOnlySpan<byte> start) => start.StartsWith(PngDecoder.Signature[..4]);

    private static bool IsJpeg(ReadOnlySpan<byte> start) => start.StartsWith(JpegStart);

    private static string? OtherFormat(byte[] start) =>
        Others.FirstOrDefault(other => start.AsSpan().StartsWith(other.Start)).Name;

    /// <summary>Reads a whole file from disk.</summary>
    internal static byte[] ReadFile(string path, DecodingLimits limits)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadAll(file, path, limits);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DecodingException(DecodingFault.NotFound, path, -1,
                $"the file cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a stream to its end, but not beyond the limit.</summary>
    internal static byte[] ReadAll(Stream stream, string name, DecodingLimits limits)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 14];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > limits.FileBytes) throw TooLarge(name, limits);
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    private static DecodingException TooLarge(string name, DecodingLimits limits) =>
        new(DecodingFault.FileTooLarge, name, -1, $"the file is larger than the limit of {limits.FileBytes:N0} bytes.");
}
