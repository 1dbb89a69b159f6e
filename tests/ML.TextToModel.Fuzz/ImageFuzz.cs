using System.Text;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for image sets and class names.</summary>
internal static class ImageFuzz
{
    private const int RecordBytes = 2 + ImageSet.ImageBytes, Classes = 100, CoarseClasses = 20;

    private static readonly string[] s_names = [.. Enumerable.Range(0, Classes).Select(i => $"class {i}")];

    public static IReadOnlyList<byte[]> Records { get; } = [TwoRecords(), Compressed.Gzip(TwoRecords())];

    public static IReadOnlyList<byte[]> Archives { get; } = [Archive(), Compressed.Gzip(Archive())];

    public static IReadOnlyList<byte[]> Names { get; } =
        ["apple\nbear\nmaple tree\n"u8.ToArray(), "n01\tdog\t3\nn02\tcat\t4\n"u8.ToArray()];

    public static void ReadCifar(byte[] data) =>
        Cifar100.Load(new MemoryStream(data), s_names, s_names[..CoarseClasses]);

    public static void ReadRecords(byte[] data)
    {
        using ImageReader reader = new(new MemoryStream(data), ImageLayout.ClassId, 30_000, "fuzz", 2);
        while (reader.Read())
        {
        }
    }

    public static void ReadArchive(byte[] data) => Cifar100.LoadArchive(new MemoryStream(data), ImageSplit.Train);

    public static void ReadNames(byte[] data) => ClassNameFile.Read(new MemoryStream(data));

    private static byte[] TwoRecords()
    {
        byte[] records = new byte[2 * RecordBytes];
        for (int i = 0; i < records.Length; i++) records[i] = (byte)(i * 31);
        (records[0], records[1], records[RecordBytes], records[RecordBytes + 1]) = (3, 17, 4, 99);
        return records;
    }

    private static byte[] Archive()
    {
        using MemoryStream stream = new();
        using (System.Formats.Tar.TarWriter tar = new(stream, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
        {
            Add(tar, "fine_label_names.txt", Encoding.UTF8.GetBytes(string.Join('\n', s_names)));
            Add(tar, "coarse_label_names.txt", Encoding.UTF8.GetBytes(string.Join('\n', s_names[..CoarseClasses])));
            Add(tar, "train.bin", TwoRecords());
        }
        return stream.ToArray();
    }

    private static void Add(System.Formats.Tar.TarWriter tar, string name, byte[] content) => tar.WriteEntry(
        new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "cifar-100-binary/" + name)
        {
            DataStream = new MemoryStream(content),
        });
}
