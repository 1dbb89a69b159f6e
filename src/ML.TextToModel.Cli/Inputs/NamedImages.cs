using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The image data sets that have a name on the command line: those on disk, and the one that is drawn.</summary>
internal static class NamedImages
{
    public const string Drawn = "drawn";

    /// <summary>Images of each class drawn to learn from, unless the user wants another number.</summary>
    public const int DrawnPerClass = 200;

    private const int MostDrawnToTest = 50;

    public static IReadOnlyList<string> Names { get; } = [.. KnownDatasets.All.Select(dataset => dataset.Name), Drawn];

    public static bool IsName(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ModelInputException">There is no such data set, or its files are absent or damaged.</exception>
    public static ImageSet Load(string name, ImageSplit split, int drawnPerClass = DrawnPerClass)
    {
        CheckName(name);
        if (!IsDrawn(name)) return KnownDatasets.Find(name).Load(split);
        // Whatever the seed, always the same images, a smaller set the beginning of a larger one.
        Rng rng = new Rng(0).Split(Drawn).Split((ulong)split);
        return DrawnImages.Draw(split == ImageSplit.Train ? drawnPerClass : Math.Min(drawnPerClass, MostDrawnToTest), rng);
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

    private static bool IsDrawn(string name) => name.Equals(Drawn, StringComparison.OrdinalIgnoreCase);
}
