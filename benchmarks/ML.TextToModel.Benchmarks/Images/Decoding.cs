using System.IO.Compression;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Benchmarks.Images;

/// <summary>
/// Decodes the 4,110 images of Office-31, in memory, one after the other on one thread, in turn with Pillow.
/// </summary>
internal static class Decoding
{
    private static readonly string[] s_domains = ["amazon", "dslr", "webcam"];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        const string name = "decoding Office-31";
        string?[] zips = [.. DataCatalog.All.Single(entry => entry.Name == "office31").Files
            .Where(file => s_domains.Any(domain => file.Path.EndsWith($"{domain}.zip", StringComparison.Ordinal)))
            .Select(file => DataCatalog.Locate(file))];
        if (zips.Contains(null))
        {
            yield return BenchmarkRow.Absent(
                name, "images/s", $"Office-31 is absent; set {KnownDatasets.RootVariable} or --data-root");
            yield break;
        }
        byte[][] files = [.. zips.SelectMany(zip => Files(zip!))];
        using PythonPeer? peer = PythonPeer.Start("pillow.py", out string? why, [.. zips!]);
        int rounds = context.Choose(3, 9);
        double Ours() => Timing.Seconds(
            () =>
            {
                foreach (byte[] file in files) ImageDecoder.Decode(file);
            },
            repeats: 1);
        Ours();
        (double ours, double theirs, double ratio) = peer is null
            ? (Ours(), double.NaN, double.NaN)
            : Timing.Alternate(rounds, Ours, () => peer.Seconds("decode", threads: 1, repeats: 1));
        yield return new BenchmarkRow(name, files.Length / ours, "images/s", N: rounds);
        yield return peer is null
            ? BenchmarkRow.Absent($"{name} / Pillow", "×", why!)
            : new BenchmarkRow($"{name} / Pillow", ratio, "×",
                Detail: $"{files.Length / ours:N0} against {files.Length / theirs:N0} images/s", N: rounds);
    }

    private static IEnumerable<byte[]> Files(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(e => e.Name.EndsWith(".jpg", StringComparison.Ordinal)))
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            yield return bytes.ToArray();
        }
    }
}
