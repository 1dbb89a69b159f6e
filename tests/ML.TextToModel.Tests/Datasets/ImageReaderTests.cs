using System.Formats.Tar;
using System.Text;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets.Tests;

public sealed class ImageReaderTests
{
    private const int RecordBytes = 2 + ImageSet.ImageBytes;
    private static readonly string[] Fine = [.. Enumerable.Range(0, 100).Select(i => $"class{i}")];
    private static readonly string[] Coarse = [.. Enumerable.Range(0, 20).Select(i => $"group{i}")];

    [Fact]
    public void Cifar_records_come_back_packed_or_not()
    {
        byte[] file = [.. Record(3, 99, seed: 1), .. Record(19, 0, seed: 2)];
        foreach (byte[] bytes in new[] { file, TestInput.Gzip(file) })
        {
            ImageSet set = Cifar100.Load(new TrickleStream(bytes, 1000), Fine, Coarse);
            Assert.Equal([99, 0], set.Labels);
            Assert.Equal([3, 19], set.CoarseLabels!);
            Assert.Equal(file[2..RecordBytes], set.Image(0).ToArray());
            Assert.Equal(file[(RecordBytes + 2)..], set.Image(1).ToArray());
            Assert.Equal(("class99", "group19"),
                (set.ClassNames[set.Labels[0]], set.CoarseNames![set.CoarseLabels![1]]));
        }
    }

    [Fact]
    public void Class_ids_are_little_endian()
    {
        using var reader = new ImageReader(new MemoryStream(Record(0x01, 0x02, seed: 1)), ImageLayout.ClassId,
            classes: 600);
        Assert.True(reader.Read());
        Assert.Equal((0x0201, -1), (reader.Label, reader.CoarseLabel));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Many_images_pass_the_block_size()
    {
        byte[] file = [.. Enumerable.Range(0, 2_100).SelectMany(i => Record(0, (byte)(i % 100), seed: (ulong)i))];
        ImageSet set = Cifar100.Load(new MemoryStream(file), Fine, Coarse);
        Assert.Equal(2_100, set.Count);
        foreach (int i in new[] { 0, 1_023, 1_024, 2_099 })
            Assert.Equal(Record(0, (byte)(i % 100), seed: (ulong)i)[2..], set.Image(i).ToArray());
        ImageSet some = set.Select([2_099, 5]);
        Assert.Equal([99, 5], some.Labels);
        Assert.Equal(set.Image(2_099).ToArray(), some.Image(0).ToArray());
    }

    public static TheoryData<byte[], long, ImageFault> Damaged => new()
    {
        { [], -1, ImageFault.Empty },
        { Record(1, 1, 1)[..^1], -1, ImageFault.Truncated },
        { [.. Record(1, 1, 1), 0], -1, ImageFault.Truncated },
        { Record(1, 1, 1), 2, ImageFault.Truncated },
        { [.. Record(1, 1, 1), .. Record(1, 1, 1)], 1, ImageFault.TrailingBytes },
        { [.. Record(1, 1, 1), 7], 1, ImageFault.TrailingBytes },
        { new byte[10 * (RecordBytes - 1)], -1, ImageFault.WrongRecordSize },
        { Record(20, 1, 1), -1, ImageFault.LabelOutOfRange },
        { Record(1, 100, 1), -1, ImageFault.LabelOutOfRange },
        { TestInput.Gzip(Record(1, 1, 1))[..^1000], -1, ImageFault.BadGzip },
        { [0x1F, 0x8B, 1], -1, ImageFault.BadGzip },
    };

    [Theory, MemberData(nameof(Damaged))]
    public void Faults_are_named(byte[] file, long expected, ImageFault fault)
    {
        ImageException failure = Assert.Throws<ImageException>(() =>
        {
            using var reader = new ImageReader(new MemoryStream(file), ImageLayout.Cifar100, 100, "test", expected);
            ImageSet.Load(reader, Fine, Coarse);
        });
        Assert.Equal((fault, "test"), (failure.Fault, failure.File));
    }

    [Fact]
    public void The_damaged_record_is_named() => Assert.Equal(
        "test, record 1: the label is 20, but there are 20 classes. " +
        "The file is damaged, or is no file of this data set.",
        Assert.Throws<ImageException>(() =>
            Cifar100.Load(new MemoryStream([.. Record(1, 1, 1), .. Record(20, 1, 1)]), Fine, Coarse, "test")).Message);

    [Fact]
    public void More_images_than_fit_an_array_are_refused()
    {
        Assert.InRange((long)ImageSet.MaxImages * ImageSet.ImageBytes, 0, Array.MaxLength);
        using var reader = new ImageReader(new RepeatingStream([], Record(1, 1, 1), 3), ImageLayout.Cifar100,
            100, "test");
        ImageException failure = Assert.Throws<ImageException>(() => ImageSet.Load(reader, Fine, Coarse, most: 2));
        Assert.Equal((ImageFault.TooManyImages, "test: there are more than 2 images."),
            (failure.Fault, failure.Message));
    }

    [Fact]
    public void The_official_archive_is_read_packed_or_not()
    {
        byte[] tar = Archive("train.bin", "test.bin", "fine_label_names.txt", "coarse_label_names.txt", "readme.txt");
        foreach (byte[] bytes in new[] { tar, TestInput.Gzip(tar) })
        {
            Assert.Equal([5], Cifar100.LoadArchive(new TrickleStream(bytes, 700), ImageSplit.Train).Labels);
            ImageSet test = Cifar100.LoadArchive(new MemoryStream(bytes), ImageSplit.Test);
            Assert.Equal((7, "class7", "group2"),
                (test.Labels[0], test.ClassNames[7], test.CoarseNames![test.CoarseLabels![0]]));
        }
    }

    [Fact]
    public void Archive_faults_are_named()
    {
        byte[] whole = Archive("train.bin", "fine_label_names.txt", "coarse_label_names.txt");
        Assert.Equal(ImageFault.MissingEntry, Fault(whole, ImageSplit.Test));
        Assert.Equal(ImageFault.MissingEntry, Fault(Archive("train.bin"), ImageSplit.Train));
        Assert.Equal(ImageFault.BadArchive, Fault("no archive"u8.ToArray(), ImageSplit.Train));
        Assert.Equal(ImageFault.BadArchive, Fault(whole[..2_000], ImageSplit.Train));
        Assert.Equal(ImageFault.BadGzip, Fault(TestInput.Gzip(whole)[..^2_000], ImageSplit.Train));
        byte[] badSize = (byte[])whole.Clone();
        badSize[124] = (byte)'x';
        Assert.Equal(ImageFault.BadArchive, Fault(badSize, ImageSplit.Train));

        static ImageFault Fault(byte[] bytes, ImageSplit split) =>
            Assert.Throws<ImageException>(() => Cifar100.LoadArchive(new MemoryStream(bytes), split)).Fault;
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a\nb\na\n", 0)]
    [InlineData("a\tx\nb\n", 1)]
    public void Bad_class_names_are_named(string text, int field) => Assert.Equal(ImageFault.BadClassNames,
        Assert.Throws<ImageException>(() => ClassNameFile.Read(TestInput.Utf8(text), "test", field)).Fault);

    [Fact]
    public void Class_names_are_counted()
    {
        Assert.Equal(["a b", "c"], ClassNameFile.Read(TestInput.Utf8("a b\r\nc\r\n\r\n")));
        Assert.Equal(ImageFault.BadClassNames, Assert.Throws<ImageException>(() =>
            Cifar100.Load(new MemoryStream(Record(1, 1, 1)), Fine, Fine)).Fault);
    }

    [Fact]
    public void An_index_numbers_the_records()
    {
        Assert.Equal([false, true, true], RecordFolder.ReadIndex(
            TestInput.Utf8("record\tsource_file\tsplit\n0\ta/1.jpg\ttrain\n1\tb\ttest\n2\tc\tval\n"), "test"));
        foreach (string bad in new[] { "1\ta\ttrain", "0\ta\tother", "x\ta\ttest" })
        {
            ImageException failure = Assert.Throws<ImageException>(() =>
                RecordFolder.ReadIndex(TestInput.Utf8($"record\tsource_file\tsplit\n{bad}\n"), "test"));
            Assert.Equal((ImageFault.BadIndex, 0L), (failure.Fault, failure.Record));
        }
    }

    private static byte[] Archive(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "cifar-100-binary/"));
            foreach (string name in names)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar-100-binary/{name}")
                {
                    DataStream = new MemoryStream(name switch
                    {
                        "train.bin" => Record(1, 5, seed: 1),
                        "test.bin" => Record(2, 7, seed: 2),
                        "fine_label_names.txt" => Encoding.UTF8.GetBytes(string.Join('\n', Fine) + "\n\n"),
                        "coarse_label_names.txt" => Encoding.UTF8.GetBytes(string.Join('\n', Coarse) + "\n"),
                        _ => "about"u8.ToArray(),
                    }),
                });
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Record(byte first, byte second, ulong seed)
    {
        var rng = new Rng(seed);
        byte[] record = new byte[RecordBytes];
        for (int i = 2; i < record.Length; i++) record[i] = (byte)rng.NextInt(256);
        (record[0], record[1]) = (first, second);
        return record;
    }
}
