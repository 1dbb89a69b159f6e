namespace ML.TextToModel.Datasets;

/// <summary>The image files of a folder or a zip, to be read one by one.</summary>
internal abstract class ImageFiles : IDisposable
{
    /// <summary>The most files.</summary>
    public const int MaxFiles = 1_000_000;

    /// <summary>Images of formats that are not decoded are among them, so that they are reported.</summary>
    private static readonly string[] Extensions =
        [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".avif"];

    /// <summary>Their paths from the root, with slashes, in ordinal order.</summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>What to call the file at a place of <see cref="Paths"/>: its path from where the user is.</summary>
    public abstract string Name(int index);

    /// <summary>Reads the whole file at a place of <see cref="Paths"/>.</summary>
    /// <exception cref="DecodingException">It cannot be read, or it is too large.</exception>
    public abstract byte[] Read(int index, DecodingLimits limits);

    public virtual void Dispose() { }

    /// <summary>Opens a folder, a zip, or a single image.</summary>
    /// <exception cref="ImageException">There is nothing of that name, or it is a damaged zip.</exception>
    public static ImageFiles Open(string path)
    {
        if (Directory.Exists(path)) return new FolderFiles(path, FolderFiles.Find(path));
        if (!ZipFiles.IsZip(path)) return new FolderFiles(Path.GetDirectoryName(path)!, [Path.GetFileName(path)]);
        return new ZipFiles(path);
    }

    /// <summary>The first bytes of a file, fewer where it is shorter.</summary>
    /// <exception cref="ImageException">There is no such file, or it cannot be opened.</exception>
    public static byte[] Start(string path)
    {
        byte[] start = new byte[ImageDecoder.StartBytes];
        using FileStream file = KnownDatasets.OpenFile(path);
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    /// <summary>
    /// Whether a file is an image by its name; hidden ones, such as those that macOS puts beside images, are not.
    /// </summary>
    protected static bool IsImage(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(path);
        bool known = false;
        foreach (string image in Extensions) known |= extension.Equals(image, StringComparison.OrdinalIgnoreCase);
        if (!known) return false;
        foreach (Range part in path.Split('/'))
            if (path[part] is ['.', not '.', ..]) return false;
        return true;
    }

    protected static ImageException TooMany(string path) =>
        new(ImageFault.TooManyImages, path, $"there are more than {MaxFiles:N0} files. Divide them into parts.");
}
