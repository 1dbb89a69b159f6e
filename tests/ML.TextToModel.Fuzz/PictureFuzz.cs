using System.Buffers.Binary;
using System.IO.Compression;
using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Png;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Seeds and reads for PNG, JPEG and zips of them. Most damage to a PNG makes a checksum wrong, and the reader stops
/// there; so its chunks are also damaged with their checksums made right afterwards.
/// </summary>
internal static class PictureFuzz
{
    private const int Signature = 8, ChunkEnds = 12, MaxSeedBytes = 2_500;

    private static readonly DecodingLimits s_limits = new() { Pixels = 1 << 20 };

    public static IReadOnlyList<byte[]> Pngs { get; } = Golden(".png");

    public static IReadOnlyList<byte[]> Jpegs { get; } = Golden(".jpg");

    public static IReadOnlyList<byte[]> Zips { get; } =
        [Zip(CompressionLevel.NoCompression), Zip(CompressionLevel.Optimal)];

    public static void Read(byte[] data) => ImageDecoder.Decode(data, "fuzz", s_limits);

    public static void ReadChunks(byte[] data)
    {
        byte[] file = [.. data];
        for (long at = Signature; at + ChunkEnds <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + ChunkEnds + length > file.Length) break;
            int end = (int)(at + ChunkEnds + length);
            uint crc = Crc32.Of(file.AsSpan((int)at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end - 4), crc);
            at = end;
        }
        Read(file);
    }

    /// <summary>Opens an archive and decodes what it holds; damage to an image is reported, not thrown.</summary>
    public static void ReadZip(byte[] data)
    {
        string path = Path.Combine(Path.GetTempPath(), $"t2m-fuzz-{Environment.ProcessId}.zip");
        File.WriteAllBytes(path, data);
        try
        {
            using ImageFolderReader reader = ImageFolderReader.Open(
                path, new() { Limits = s_limits, BadFiles = BadRows.Report });
            while (reader.Read())
            {
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[][] Golden(string extension)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "images.zip"));
        return [.. archive.Entries.Where(e => e.Name.EndsWith(extension, StringComparison.Ordinal))
            .Where(entry => entry.Length < MaxSeedBytes).Select(Content)];
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Zip(CompressionLevel level)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] file) in new[] { ("a/1.png", Pngs[0]), ("b/2.jpg", Jpegs[0]) })
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(file);
            }
        }
        return stream.ToArray();
    }
}
