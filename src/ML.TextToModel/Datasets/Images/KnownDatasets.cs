namespace ML.TextToModel.Datasets;

/// <summary>An image data set that is known by name.</summary>
public sealed class KnownDataset
{
    private readonly Func<ImageSplit, string[]> _files;
    private readonly Func<string, ImageSplit, ImageSet> _load;

    /// <param name="name">Its name on the command line.</param>
    /// <param name="address">Where its authors offer it.</param>
    /// <param name="terms">Under which terms.</param>
    /// <param name="files">The files of a split; the first one present is loaded.</param>
    /// <param name="load">Loads a split from such a file.</param>
    internal KnownDataset(string name, string address, string terms,
        Func<ImageSplit, string[]> files, Func<string, ImageSplit, ImageSet> load) =>
        (Name, Address, Terms, _files, _load) = (name, address, terms, files, load);

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>Where its authors offer it.</summary>
    public string Address { get; }

    /// <summary>Under which terms.</summary>
    public string Terms { get; }

    /// <summary>Whether the files of a split are there.</summary>
    /// <param name="split">The split.</param>
    /// <param name="root">The data root; default: those of <see cref="KnownDatasets.Roots"/>.</param>
    public bool IsPresent(ImageSplit split = ImageSplit.Train, string? root = null) =>
        Candidates(split, root).Any(File.Exists);

    /// <summary>Loads a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="root">The data root; default: those of <see cref="KnownDatasets.Roots"/>.</param>
    /// <exception cref="ModelInputException">The files are absent or damaged.</exception>
    public ImageSet Load(ImageSplit split = ImageSplit.Train, string? root = null)
    {
        string[] candidates = [.. Candidates(split, root)];
        string path = candidates.FirstOrDefault(File.Exists) ?? throw new ImageException(ImageFault.NotFound, Name,
            $"the data set was not found. Looked for {string.Join(", ", candidates)}. " +
            $"Fetch it from {Address} ({Terms}), " +
            $"or set {KnownDatasets.RootVariable} to the folder that holds image/{Name}.");
        return _load(path, split);
    }

    private IEnumerable<string> Candidates(ImageSplit split, string? root) =>
        from folder in root is null ? KnownDatasets.Roots : [root]
        from file in _files(split)
        select Path.Combine(folder, "image", Name, file);
}

/// <summary>The image data sets that are known by name.</summary>
public static class KnownDatasets
{
    /// <summary>The environment variable with the folder in which data sets are looked for first.</summary>
    public const string RootVariable = "T2M_DATA";

    /// <summary>
    /// cifar100; caltech101 (without its background images, with the split of index.tsv); miniimagenet (within classes,
    /// its val images are the test split); office31 (its domain webcam is the test split).
    /// </summary>
    public static IReadOnlyList<KnownDataset> All { get; } =
    [
        new("cifar100", "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
            "free for research; cite Krizhevsky 2009",
            Cifar100.Files, Cifar100.LoadFile),
        new("caltech101", "https://data.caltech.edu/records/mzrjq-6wc02", "CC BY 4.0",
            _ => ["caltech101_32.bin.gz", "caltech101_32.bin"],
            (path, split) => RecordFolder.Load(path, split, nameField: 0, without: "BACKGROUND_Google")),
        new("miniimagenet", "https://www.image-net.org", "ImageNet's terms: non-commercial research",
            _ => ["miniimagenet_32.bin.gz", "miniimagenet_32.bin"],
            (path, split) => RecordFolder.Load(path, split, nameField: 1)),
        new("office31", "https://github.com/syorami/DDC-transfer-learning", "research use; cite Saenko et al. 2010",
            Office31.Files, Office31.Load),
    ];

    /// <summary>The folders in which data sets are looked for: that of T2M_DATA, if set, then the user's own.</summary>
    public static IReadOnlyList<string> Roots
    {
        get
        {
            string user = Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "t2m", "data");
            return Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root ? [root, user] : [user];
        }
    }

    /// <summary>Finds a data set by its name, case aside.</summary>
    /// <exception cref="ImageException">There is none.</exception>
    public static KnownDataset Find(string name) =>
        All.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ImageException(ImageFault.UnknownDataset, name,
            $"this is no known data set. There are {string.Join(", ", All.Select(dataset => dataset.Name))}.");

    internal static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ImageFault.NotFound, path,
                $"the file cannot be opened: {failure.Message}", failure);
        }
    }
}
