using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>Small images in files.</summary>
internal static class Pictures
{
    public static byte[] Png { get; } = Golden("png/large.png");

    public static byte[] Jpeg { get; } = Golden("jpeg/420-q75.jpg");

    /// <summary>A folder of images; by their names they are PNG or JPEG.</summary>
    public static string Folder(TempFolder parent, string name, params string[] files)
    {
        foreach (string file in files)
        {
            string path = Path.Combine(parent[name], file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Content(file));
        }
        return parent[name];
    }

    /// <summary>The same as a zip.</summary>
    public static byte[] Zip(params string[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in files)
            {
                using Stream entry = zip.CreateEntry(file).Open();
                entry.Write(Content(file));
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A PNG of the red plane, the green and the blue, each row by row.</summary>
    public static byte[] OfPlanes(int width, int height, ReadOnlySpan<byte> planes)
    {
        byte[] rows = new byte[height * (1 + 3 * width)];   // each begins with the number of its filter, 0
        for (int i = 0; i < planes.Length; i++)
        {
            int pixel = i % (width * height), c = i / (width * height);
            rows[pixel / width * (1 + 3 * width) + 1 + pixel % width * 3 + c] = planes[i];
        }
        MemoryStream packed = new(), png = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        byte[] header = [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, 2, 0, 0, 0];
        png.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        foreach ((string name, byte[] data) in new[] { ("IHDR", header), ("IDAT", packed.ToArray()), ("IEND", []) })
        {
            byte[] chunk = [.. Encoding.ASCII.GetBytes(name), .. data];
            png.Write([.. BigEndian((uint)data.Length), .. chunk, .. BigEndian(Crc(chunk))]);
        }
        return png.ToArray();
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = crc % 2 == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Content(string name) => name.EndsWith(".png", StringComparison.Ordinal) ? Png : Jpeg;

    private static byte[] Golden(string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "images.zip"));
        using Stream entry = archive.GetEntry(name)!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
