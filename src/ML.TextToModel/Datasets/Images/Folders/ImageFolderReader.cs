namespace ML.TextToModel.Datasets;

/// <summary>
/// Reads PNG and JPEG images one by one, in the ordinal order of their paths, from a folder, a zip, or a file that is
/// one image. Images lie in a folder for each class, whose name is the class's, or side by side without classes. Hidden
/// files and files of other kinds are passed over; images of other formats are reported as such. Not safe for use by
/// several threads at once.
/// </summary>
/// <example><code>
/// using var reader = ImageFolderReader.Open("pets.zip", new() { BadFiles = BadRows.Report });
/// while (reader.Read()) Console.WriteLine($"{reader.File}: {reader.Error ?? reader.ClassNames[reader.Label]}");
/// </code></example>
public sealed class ImageFolderReader : IDisposable
{
    /// <summary>The most files listed in <see cref="Skipped"/>.</summary>
    public const int MostListed = 1_000;

    private readonly string _path;
    private readonly ImageFiles _files;
    private readonly ImageFolderOptions _options;
    private readonly int[] _labels;
    private readonly List<SkippedImage> _skipped = [];
    private int _index = -1;

    private ImageFolderReader(string path, ImageFiles files, ImageFolderOptions options)
    {
        (_path, _files, _options) = (path, files, options);
        string?[] classes = ClassFolders.Of(files.Paths);
        ClassNames = [.. classes.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> labels = ClassNames.Select((name, label) => (name, label)).ToDictionary();
        _labels = [.. classes.Select(name => name is null ? -1 : labels[name])];
    }

    /// <summary>The names of the classes, in ordinal order; none where the images lie side by side.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of image files, damaged ones included.</summary>
    public int Count => _files.Paths.Count;

    /// <summary>The present file: its path from the folder or in the zip, with slashes.</summary>
    public string File => _files.Paths[_index];

    /// <summary>The present file with the folder or zip before it, as messages name it.</summary>
    public string Place => _files.Name(_index);

    /// <summary>The class of the present image, an index into <see cref="ClassNames"/>; -1 without.</summary>
    public int Label => _labels[_index];

    /// <summary>The present image; null where it cannot be decoded.</summary>
    public RgbImage? Image { get; private set; }

    /// <summary>Why the present image cannot be decoded; null for a good one.</summary>
    public string? Error { get; private set; }

    /// <summary>How many images could not be decoded so far.</summary>
    public int SkippedCount { get; private set; }

    /// <summary>The first <see cref="MostListed"/> of them.</summary>
    public IReadOnlyList<SkippedImage> Skipped => _skipped;

    /// <summary>Opens a folder, a zip, or a single image.</summary>
    /// <exception cref="ImageException">
    /// There is nothing of that name, it holds no image files or too many, or it is a damaged zip.
    /// </exception>
    public static ImageFolderReader Open(string path, ImageFolderOptions? options = null)
    {
        ImageFiles files = ImageFiles.Open(path);
        if (files.Paths.Count > 0) return new ImageFolderReader(path, files, options ?? new ImageFolderOptions());
        files.Dispose();
        throw new ImageException(ImageFault.Empty, path,
            "there are no images. PNG and JPEG files are read, in a folder for each class or side by side.");
    }

    /// <summary>Whether a file is a zip or an image, by its first bytes.</summary>
    /// <exception cref="ImageException">There is no such file, or it cannot be opened.</exception>
    public static bool Accepts(string path) => ZipFiles.IsZip(path) || ImageDecoder.IsImage(ImageFiles.Start(path));

    /// <summary>Goes to the next image.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DecodingException">
    /// The image cannot be decoded, and <see cref="ImageFolderOptions.BadFiles"/> says to throw.
    /// </exception>
    public bool Read()
    {
        if (!Skip()) return false;
        try
        {
            Image = Decode();
        }
        catch (DecodingException damage) when (_options.BadFiles == BadRows.Report)
        {
            Error = damage.Message;
            SkippedCount++;
            if (_skipped.Count < MostListed) _skipped.Add(new SkippedImage(File, damage.Fault, damage.Message));
        }
        return true;
    }

    /// <summary>Goes to the next image without decoding it.</summary>
    internal bool Skip()
    {
        (Image, Error) = (null, null);
        return ++_index < Count;
    }

    /// <summary>Decodes the present image.</summary>
    internal RgbImage Decode() =>
        ImageDecoder.Decode(_files.Read(_index, _options.Limits), Place, _options.Limits);

    internal ImageException Fault(ImageFault fault, string message) => new(fault, _path, message);

    /// <summary>Closes the zip.</summary>
    public void Dispose() => _files.Dispose();
}

/// <summary>An image that was left out.</summary>
/// <param name="File">Its path from the folder or in the zip.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Reason">The same in words, with place and remedy.</param>
public sealed record SkippedImage(string File, DecodingFault Fault, string Reason);
