using System.IO.Compression;

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
