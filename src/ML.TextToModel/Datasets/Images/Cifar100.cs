namespace ML.TextToModel.Datasets;

/// <summary>Which part of a data set.</summary>
public enum ImageSplit
{
    /// <summary>The images to learn from.</summary>
    Train,

    /// <summary>The images to test on.</summary>
    Test,
}

/// <summary>
/// CIFAR-100 (Krizhevsky 2009) as its author distributes it, the binary version: a folder with train.bin, test.bin and
/// the class names, its files packed or not, or the archive cifar-100-binary.tar.gz.
/// </summary>
public static class Cifar100
{
    /// <summary>Classes: 100.</summary>
    public const int Classes = 100;

    /// <summary>Superclasses: 20.</summary>
    public const int CoarseClasses = 20;

    private const string FineNames = "fine_label_names.txt", CoarseNames = "coarse_label_names.txt";

    /// <summary>The files of which one must be there, for a split.</summary>
    internal static string[] Files(ImageSplit split)
    {
        string name = FileName(split);
        string official = Path.Combine("cifar-100-binary", name);
        return [$"{name}.gz", name, $"{official}.gz", official, "cifar-100-binary.tar.gz", "cifar-100-binary.tar"];
    }

    /// <summary>Loads a split from one of <see cref="Files"/>.</summary>
    internal static ImageSet LoadFile(string path, ImageSplit split)
    {
        if (path.Contains(".tar", StringComparison.Ordinal))
            return LoadArchive(KnownDatasets.OpenFile(path), split, path);
        string folder = Path.GetDirectoryName(path)!;
        string fine = Path.Combine(folder, FineNames), coarse = Path.Combine(folder, CoarseNames);
        return Load(KnownDatasets.OpenFile(path), ClassNameFile.Read(KnownDatasets.OpenFile(fine), fine),
            ClassNameFile.Read(KnownDatasets.OpenFile(coarse), coarse), path);
    }

    /// <summary>Reads a binary file, packed by gzip or not, and disposes the stream.</summary>
    /// <param name="stream">The bytes of train.bin or test.bin.</param>
    /// <param name="fineNames">The 100 names of the classes.</param>
    /// <param name="coarseNames">The 20 names of the superclasses.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="ImageException">The file is damaged, or there are too few or too many names.</exception>
    public static ImageSet Load(Stream stream, IReadOnlyList<string> fineNames, IReadOnlyList<string> coarseNames,
        string name = "the images")
    {
        using var reader = new ImageReader(stream, ImageLayout.Cifar100, Classes, name);
        CheckNames(fineNames, coarseNames, name);
        return ImageSet.Load(reader, fineNames, coarseNames);
    }

    /// <summary>Reads a split from the official archive, packed by gzip or not, and disposes the stream.</summary>
    /// <param name="stream">The bytes of cifar-100-binary.tar.gz.</param>
    /// <param name="split">Which of its two files.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="ImageException">The archive is damaged, or lacks a file.</exception>
    public static ImageSet LoadArchive(Stream stream, ImageSplit split, string name = "the archive")
    {
        using (stream)
        {
            try
            {
                using PeekStream unpacked = PeekStream.Unpack(stream);
                using var archive = new TarStream(unpacked, name);
                return LoadEntries(archive, split, name);
            }
            catch (InvalidDataException damage)
            {
                throw new ImageException(ImageFault.BadGzip, name,
                    "the gzip data is damaged or cut short: fetch the file again.", damage);
            }
        }
    }

    private static ImageSet LoadEntries(TarStream archive, ImageSplit split, string name)
    {
        ImageSet? images = null;
        string[]? fine = null, coarse = null;
        while (archive.Next())
        {
            // The archive's stream goes on with the next entry, so a reader that closes it closes nothing.
            string entry = Path.GetFileName(archive.Name), place = $"{name}/{archive.Name}";
            if (entry == FileName(split))
                images = ImageSet.Load(new ImageReader(archive, ImageLayout.Cifar100, Classes, place), []);
            else if (entry == FineNames) fine = ClassNameFile.Read(archive, place);
            else if (entry == CoarseNames) coarse = ClassNameFile.Read(archive, place);
        }
        if (images is null || fine is null || coarse is null)
        {
            throw new ImageException(ImageFault.MissingEntry, name,
                $"the archive must hold {FileName(split)}, {FineNames} and {CoarseNames}; one of them is missing.");
        }
        CheckNames(fine, coarse, name);
        return images.WithNames(fine, coarse);
    }

    private static string FileName(ImageSplit split) => split == ImageSplit.Train ? "train.bin" : "test.bin";

    private static void CheckNames(IReadOnlyList<string> fine, IReadOnlyList<string> coarse, string name)
    {
        if (fine.Count == Classes && coarse.Count == CoarseClasses) return;
        throw new ImageException(ImageFault.BadClassNames, name,
            $"{Classes} class names and {CoarseClasses} superclass names are needed, " +
            $"but there are {fine.Count} and {coarse.Count}.");
    }
}
