using System.IO.Compression;

namespace ML.TextToModel.Datasets.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly ImageFolderOptions s_report = new() { BadFiles = BadRows.Report };
    private static readonly byte[] s_image = GoldenImages.File("png/rgb8.png");

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folders_and_zips_give_the_same_images_in_the_same_order()
    {
        string[] names = ["b/2.png", "a/x.JPG", "b/10.png", "a/deep/y.jpeg", "B/z.png"];
        string[] expected = ["B/z.png", "a/deep/y.jpeg", "a/x.JPG", "b/10.png", "b/2.png"];
        string[] others = ["readme.txt", "a/Thumbs.db", "__MACOSX/a/._x.JPG", ".hidden/a.png", "a/.b.png"];
        foreach (string path in new[] { Folder([.. names, .. others]), Zip("images.zip", [.. names, .. others]) })
        {
            using ImageFolderReader reader = ImageFolderReader.Open(path, s_report);
            Assert.Equal(["B", "a", "b"], reader.ClassNames);
            Assert.Equal(5, reader.Count);
            var read = new List<(string, int)>();
            while (reader.Read())
            {
                Assert.Equal((13, 11, null), (reader.Image!.Width, reader.Image.Height, reader.Error));
                Assert.Equal($"{path}/{reader.File}", reader.Place);
                read.Add((reader.File, reader.Label));
            }
            Assert.Equal(expected.Zip([0, 1, 1, 2, 2]), read);
        }
    }

    [Theory]
    [InlineData("a.png b.png", "")]
    [InlineData("cats/a.png", "cats")]
    [InlineData("pets/cats/a.png pets/dogs/b.png", "cats dogs")]
    [InlineData("pets/images/cats/1.png pets/images/dogs/2/3.png", "cats dogs")]
    [InlineData("cats/a.png loose.png", "cats")]
    public void Classes_are_the_folders(string files, string classes)
    {
        using ImageFolderReader reader = ImageFolderReader.Open(Zip("a.zip", files.Split(' ')));
        Assert.Equal(classes.Split(' ', StringSplitOptions.RemoveEmptyEntries), reader.ClassNames);
        while (reader.Read())
            Assert.Equal(!reader.File.Contains('/'), reader.Label < 0);
    }

    [Fact]
    public void A_single_image_is_a_source_of_one()
    {
        string path = Path.Combine(Folder(["cat.png"]), "cat.png");
        using ImageFolderReader reader = ImageFolderReader.Open(path);
        Assert.True(reader.Read());
        Assert.Equal((path, "cat.png", -1), (reader.Place, reader.File, reader.Label));
        Assert.Equal(GoldenImages.Expected("png/rgb8").Pixels, reader.Image!.Pixels);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Damaged_files_are_reported_or_thrown()
    {
        string folder = Folder(["a/1.png", "a/2.png", "a/3.gif", "a/4.png"]);
        File.WriteAllBytes(Path.Combine(folder, "a/2.png"), s_image[..50]);
        File.WriteAllBytes(Path.Combine(folder, "a/3.gif"), "GIF89a"u8.ToArray());
        using ImageFolderReader reader = ImageFolderReader.Open(folder, s_report);
        ImageSet set = ImageSet.Load(reader);
        Assert.Equal((2, 2), (set.Count, reader.SkippedCount));
        Assert.Equal(
            [("a/2.png", DecodingFault.Truncated), ("a/3.gif", DecodingFault.UnknownFormat)],
            reader.Skipped.Select(skipped => (skipped.File, skipped.Fault)));
        Assert.StartsWith($"{folder}/a/2.png, byte 50: ", reader.Skipped[0].Reason);

        using ImageFolderReader strict = ImageFolderReader.Open(folder);
        Assert.True(strict.Read());
        Assert.Throws<DecodingException>(() => strict.Read());
    }

    [Fact]
    public void The_list_of_skipped_files_is_bounded()
    {
        string folder = Folder([]);
        for (int i = 0; i < 1_100; i++) File.WriteAllText(Path.Combine(folder, $"{i}.png"), "");
        using ImageFolderReader reader = ImageFolderReader.Open(folder, s_report);
        while (reader.Read()) { }
        Assert.Equal((1_100, ImageFolderReader.MostListed), (reader.SkippedCount, reader.Skipped.Count));
    }

    [Fact]
    public void A_set_is_made_of_images_of_any_size()
    {
        using ImageFolderReader reader = ImageFolderReader.Open(Zip("a.zip", ["cat/1.png", "dog/1.png", "loose.png"]));
        ImageSet set = ImageSet.Load(reader, ImageFit.Stretch);
        Assert.Equal([0, 1], set.Labels);
        Assert.Equal(["cat", "dog"], set.ClassNames);
        byte[] expected = new byte[ImageSet.ImageBytes];
        ImageResizing.Resize(GoldenImages.Expected("png/rgb8"), 32, 32).ToPlanes(expected);
        Assert.Equal(expected, set.Image(1).ToArray());
    }

    [Fact]
    public void Sources_without_images_are_refused()
    {
        Assert.Equal(ImageFault.Empty, Fault(Folder(["a.txt"])));
        Assert.Equal(ImageFault.Empty, Fault(Zip("empty.zip", [])));
        Assert.Equal(ImageFault.NotFound, Fault(Path.Combine(_folder, "absent")));
        using ImageFolderReader flat = ImageFolderReader.Open(Zip("flat.zip", ["a.png"]));
        Assert.Equal(ImageFault.BadClassNames, Assert.Throws<ImageException>(() => ImageSet.Load(flat)).Fault);

        static ImageFault Fault(string path) =>
            Assert.Throws<ImageException>(() => ImageFolderReader.Open(path)).Fault;
    }

    [Fact]
    public void Links_to_folders_are_not_followed()
    {
        string folder = Folder(["a/1.png"]);
        Directory.CreateSymbolicLink(Path.Combine(folder, "a", "circle"), folder);
        using ImageFolderReader reader = ImageFolderReader.Open(folder);
        Assert.Equal(1, reader.Count);
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("a/../../b.png")]
    [InlineData("/etc/a.png")]
    [InlineData("C:/a.png")]
    [InlineData("..\\a.png")]
    [InlineData("a\nb.png")]
    public void Entries_that_lead_out_of_a_zip_are_refused(string name)
    {
        using ImageFolderReader reader = ImageFolderReader.Open(Zip("a.zip", [name]), s_report);
        Assert.True(reader.Read());
        Assert.Equal(DecodingFault.BadEntry, reader.Skipped.Single().Fault);
    }

    [Fact]
    public void Entries_that_grow_without_measure_are_refused()
    {
        string path = Path.Combine(_folder, "bomb.zip");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry("a.png", CompressionLevel.SmallestSize).Open())
            entry.Write(new byte[10_000_000]);
        using (ImageFolderReader reader = ImageFolderReader.Open(path, s_report))
        {
            Assert.True(reader.Read());
            Assert.Contains("would grow from", reader.Error);
        }
        // The archive may also lie about the size.
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int at in Places(bytes, BitConverter.GetBytes(10_000_000)))
            BitConverter.GetBytes(5_000).CopyTo(bytes, at);
        File.WriteAllBytes(path, bytes);
        using ImageFolderReader liar = ImageFolderReader.Open(path, s_report);
        Assert.True(liar.Read());
        Assert.NotNull(liar.Error);
    }

    [Fact]
    public void Damaged_zips_are_refused()
    {
        string path = Zip("a.zip", ["a/1.png", "b/2.png"]);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^30]);
        Assert.Equal(ImageFault.BadArchive, Assert.Throws<ImageException>(() => ImageFolderReader.Open(path)).Fault);

        int data = bytes.AsSpan().IndexOf(s_image.AsSpan(0, 8));   // stored, not packed
        bytes[data + 50]++;
        File.WriteAllBytes(path, bytes);
        using (ImageFolderReader reader = ImageFolderReader.Open(path, s_report))
        {
            Assert.True(reader.Read());
            Assert.Equal(DecodingFault.BadChecksum, reader.Skipped.Single().Fault);
            Assert.True(reader.Read());
            Assert.Null(reader.Error);
        }
        foreach (int at in Places(bytes, "PK\x01\x02"u8.ToArray())) bytes[at + 8] |= 1;   // "encrypted"
        File.WriteAllBytes(path, bytes);
        using ImageFolderReader secret = ImageFolderReader.Open(path, s_report);
        Assert.True(secret.Read());
        Assert.Equal(DecodingFault.Unsupported, secret.Skipped.Single().Fault);
    }

    private static List<int> Places(byte[] bytes, byte[] pattern) =>
        [.. Enumerable.Range(0, bytes.Length - pattern.Length).Where(at => bytes.AsSpan(at).StartsWith(pattern))];

    private string Folder(IEnumerable<string> names)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName;
        foreach (string name in names)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, s_image);
        }
        return folder;
    }

    private string Zip(string file, IEnumerable<string> names)
    {
        string path = Path.Combine(_folder, file);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (string name in names)
        {
            using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(s_image);
        }
        return path;
    }
}
