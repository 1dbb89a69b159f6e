using System.IO.Compression;

namespace ML.TextToModel.Fuzz;

/// <summary>Compressed seeds.</summary>
internal static class Compressed
{
    public static byte[] Gzip(byte[] data)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.Fastest)) gzip.Write(data);
        return target.ToArray();
    }
}
