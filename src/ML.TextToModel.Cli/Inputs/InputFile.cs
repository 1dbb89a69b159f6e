using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>Finds out what the user named as input and opens it for a classifier.</summary>
internal static class InputFile
{
    private static readonly string[] s_tables = [".csv", ".tsv", ".tab", ".data", ".arff", ".json", ".jsonl", ".txt"];
    private static readonly string[] s_archives = [".tar", ".tar.gz", ".tgz"];

    /// <param name="input">A data set's name, or a file.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="labelled">Whether labels are needed.</param>
    /// <exception cref="ModelInputException">There is no such input, or the classifier cannot take it.</exception>
    public static RowSource Open(string input, FittedClassifier model, DataChoices options, bool labelled)
    {
        bool isSet = NamedImages.IsName(input) && !File.Exists(input) && !Directory.Exists(input);
        if (!isSet) CheckExists(input);
        TableInputs? inputs = TableInputs.Of(model);
        var texts = model.Preprocessing as TextPreprocessing;
        if ((inputs is not null || texts is not null) && (isSet || IsImages(input)))
        {
            string what = Directory.Exists(input) ? "is a folder" : "is images";
            throw new ModelInputException($"The model takes rows of a table, and {input} {what}.");
        }
        if (inputs is not null) return TableRows.Open(input, inputs, options.Table, labelled);
        if (texts is not null) return TextRows.Open(input, model, texts, options.Table, labelled);
        if (model.Preprocessing.ImageSize(model.Spec.InputShape) is not (int height, int width))
            throw new ModelInputException($"The model takes rows of {model.RowLength} numbers, not {input}.");
        if (!isSet && IsImages(input)) return new ImageFileRows(input, height, width, options.Fit, labelled);
        ImageSplit split = options.Split ?? ImageSplit.Test;
        if (isSet) return new ImageSetRows(NamedImages.Find(input, split), input, model);
        CheckImageFile(input);
        if (IsArchive(input))
            return new ImageSetRows(new(() => Cifar100.LoadArchive(File.OpenRead(input), split, input)), input, model);
        if (!labelled) return new ImageRecordRows(input, ImageLayout.ClassId, classNames: null, model);
        (string names, ImageLayout layout) = ClassNames(input, options.ClassesFile);
        return new ImageRecordRows(input, layout, ClassNameFile.Read(File.OpenRead(names), names), model);
    }

    /// <exception cref="ModelInputException">There is nothing of that name, or it is empty.</exception>
    public static void CheckExists(string path)
    {
        if (Directory.Exists(path)) return;
        if (!File.Exists(path))
        {
            throw new ModelInputException(
                $"There is no file {path}, nor a data set of that name.{Nearest.Hint(path, NamedImages.Names)}");
        }
        if (new FileInfo(path).Length == 0) throw new ModelInputException($"{path} is empty, or no regular file.");
    }

    private static void CheckImageFile(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (!s_tables.Contains(Path.GetExtension(name).ToLowerInvariant())) return;
        throw new ModelInputException($"The model takes images, and {path} is a table. Images are read from PNG and " +
            "JPEG files, from folders and zips of them, and from files of 32×32 records (CIFAR-100's .bin, plain or " +
            ".gz, or its .tar.gz).");
    }

    /// <summary>Whether images are to be decoded: a folder, a zip, or a file that begins as an image does.</summary>
    public static bool IsImages(string path) => Directory.Exists(path) || ImageFolderReader.Accepts(path);

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
