using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>
/// The image data sets that have a name on the command line: those on disk, and the one that is drawn.
/// </summary>
internal static class NamedImages
{
    public const string Drawn = "drawn";

    /// <summary>Images of each class drawn to learn from, unless the user wants another number.</summary>
    public const int DrawnPerClass = 200;

    private const int MostDrawnToTest = 50;

    public static IReadOnlyList<string> Names { get; } = [.. KnownDatasets.All.Select(dataset => dataset.Name), Drawn];

    public static bool IsName(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a part of a data set, to be loaded on first use, which throws if its files are damaged.</summary>
    /// <exception cref="ModelInputException">There is no such data set, or its files are absent.</exception>
    public static Lazy<ImageSet> Find(string name, ImageSplit split, int drawnPerClass = DrawnPerClass)
    {
        CheckName(name);
        if (IsDrawn(name)) return new(() => Draw(split, drawnPerClass));
        KnownDataset dataset = KnownDatasets.Find(name);
        if (!dataset.IsPresent(split)) dataset.Load(split);   // says where it was looked for
        return new(() => dataset.Load(split));
    }

    /// <exception cref="ModelInputException">There is no such data set.</exception>
    public static void CheckName(string name)
    {
        if (IsName(name)) return;
        throw new ModelInputException(
            $"'{name}' is no known data set.{Nearest.Hint(name, Names)} There are {string.Join(", ", Names)}.");
    }

    /// <summary>What must be said of a model that learned from these images.</summary>
    public static string Terms(string name)
    {
        if (IsDrawn(name)) return "Trained on drawn shapes and textures: good for trying things out, of no other use.";
        KnownDataset dataset = KnownDatasets.Find(name);
        return $"Trained on {dataset.Name} ({dataset.Address}). Terms of these images: {dataset.Terms}.";
    }

    /// <summary>Whatever the seed, always the same images, a smaller set the beginning of a larger one.</summary>
    private static ImageSet Draw(ImageSplit split, int perClass)
    {
        if (split == ImageSplit.Test) perClass = Math.Min(perClass, MostDrawnToTest);
        return DrawnImages.Draw(perClass, new Rng(0).Split(Drawn).Split((ulong)split));
    }

    private static bool IsDrawn(string name) => name.Equals(Drawn, StringComparison.OrdinalIgnoreCase);
}
