using System.Buffers.Binary;
using System.IO.Compression;

namespace ML.TextToModel.Datasets.Tests;

/// <summary>The files of tests/Golden/images.zip.</summary>
internal static class GoldenImages
{
    private static readonly Lazy<Dictionary<string, byte[]>> s_files = new(() =>
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "images.zip"));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream stream = entry.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    });

    /// <summary>The names that end so, without the ending.</summary>
    public static IEnumerable<string> Names(string ending) => s_files.Value.Keys
        .Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Select(name => name[..^ending.Length]);

    public static byte[] File(string name) => s_files.Value[name];

    /// <summary>The pixels expected of an image, with its opacity where it is not opaque.</summary>
    public static RgbImage Expected(string name)
    {
        byte[] file = File($"{name}.rgba");
        int width = BinaryPrimitives.ReadInt32LittleEndian(file);
        int height = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        byte[][] pixels = [.. file[8..].Chunk(4)];
        bool opaque = pixels.All(pixel => pixel[3] == 255);
        return new RgbImage(width, height, [.. pixels.SelectMany(pixel => pixel[..3])],
            opaque ? null : [.. pixels.Select(pixel => pixel[3])]);
    }
}
