using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>Finds out what the user named as input and opens it for a classifier.</summary>
internal static class InputFile
{
    private static readonly string[] s_tables = [".csv", ".tsv", ".tab", ".data", ".arff", ".json", ".jsonl", ".txt"];
    private static readonly string[] s_archives = [".tar", ".tar.gz", ".tgz"];

    /// <summary>The first bytes of files that are images or archives of them, which are not decoded.</summary>
    private static readonly (string Kind, byte[] Start)[] s_undecoded =
    [
        ("a PNG image", [0x89, (byte)'P', (byte)'N', (byte)'G']), ("a JPEG image", [0xFF, 0xD8, 0xFF]),
        ("a GIF image", "GIF8"u8.ToArray()), ("a zip archive", [(byte)'P', (byte)'K', 3, 4]),
    ];

    /// <param name="input">A data set's name, or a file.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="labelled">Whether labels are needed.</param>
    /// <exception cref="ModelInputException">There is no such input, or the classifier cannot take it.</exception>
    public static RowSource Open(string input, FittedClassifier model, DataChoices options, bool labelled)
    {
        bool isSet = NamedImages.IsName(input) && !File.Exists(input);
        if (!isSet) CheckFile(input);
        if (TableInputs.Of(model) is { } inputs)
        {
            if (isSet || IsUndecoded(input, out _))
                throw new ModelInputException($"The model takes rows of a table, and {input} is images.");
            return TableRows.Open(input, inputs, options.Table, labelled);
        }
        if (model.RowLength != ImageSet.ImageBytes)
            throw new ModelInputException(
                $"The model takes images of {model.Spec.InputShape}; only 32×32 ones can be read.");
        ImageSplit split = options.Split ?? ImageSplit.Test;
        if (isSet) return new ImageSetRows(NamedImages.Find(input, split), input);
        CheckImageFile(input);
        if (IsArchive(input))
            return new ImageSetRows(new(() => Cifar100.LoadArchive(File.OpenRead(input), split, input)), input);
        if (!labelled) return new ImageRecordRows(input, ImageLayout.ClassId, classNames: null);
        (string names, ImageLayout layout) = ClassNames(input, options.ClassesFile);
        return new ImageRecordRows(input, layout, ClassNameFile.Read(File.OpenRead(names), names));
    }

    private static void CheckFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ModelInputException($"{path} is a folder. Folders are not read yet; name a file or one of the " +
                $"data sets {string.Join(", ", NamedImages.Names)}.");
        }
        if (!File.Exists(path))
        {
            throw new ModelInputException(
                $"There is no file {path}, nor a data set of that name.{Nearest.Hint(path, NamedImages.Names)}");
        }
        if (new FileInfo(path).Length == 0) throw new ModelInputException($"{path} is empty, or no regular file.");
    }

    private static void CheckImageFile(string path)
    {
        const string wanted =
            "Images are read from files of 32×32 records (CIFAR-100's .bin, plain or .gz, or its .tar.gz)";
        if (IsUndecoded(path, out string kind))
            throw new ModelInputException($"{path} is {kind}, which this version cannot decode. {wanted}.");
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (s_tables.Contains(Path.GetExtension(name).ToLowerInvariant()))
            throw new ModelInputException($"The model takes images, and {path} is a table. {wanted}.");
    }

    private static bool IsUndecoded(string path, out string kind)
    {
        byte[] start = new byte[8];
        using FileStream file = File.OpenRead(path);
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        kind = s_undecoded.FirstOrDefault(known => start.AsSpan(0, length).StartsWith(known.Start)).Kind ?? "";
        return kind.Length > 0;
    }

    private static bool IsArchive(string path) =>
        s_archives.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The class names of a file of records: named by the user, or beside it; the name tells the layout.
    /// </summary>
    private static (string Path, ImageLayout Layout) ClassNames(string path, string? given)
    {
        const string cifar = "fine_label_names.txt", others = "class_names.txt";
        if (given is not null)
        {
            if (!File.Exists(given)) throw new ModelInputException($"There is no file {given}.");
            return (given, Path.GetFileName(given) == cifar ? ImageLayout.Cifar100 : ImageLayout.ClassId);
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (File.Exists(Path.Combine(folder, cifar))) return (Path.Combine(folder, cifar), ImageLayout.Cifar100);
        if (File.Exists(Path.Combine(folder, others))) return (Path.Combine(folder, others), ImageLayout.ClassId);
        throw new ModelInputException(
            $"{path} holds class numbers, but not their names. Name a file that lists them, one a line in the order " +
            $"of the numbers: --classes-file F. ({cifar} of CIFAR-100, or {others}, is found beside the images by " +
            "itself.)");
    }
}
