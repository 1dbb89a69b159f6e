namespace ML.TextToModel.Datasets;

/// <summary>
/// Office-31 (Saenko et al. 2010): photographs of 31 kinds of office things from three domains, a zip for each. Those
/// of amazon and dslr are to learn from; those of webcam, a domain that no training sees, to test on, as in ModelGPT
/// (arXiv 2402.12408).
/// </summary>
internal static class Office31
{
    private static readonly string[] s_train = ["amazon.zip", "dslr.zip"], s_test = ["webcam.zip"];

    /// <summary>The file that must be there for a split.</summary>
    public static string[] Files(ImageSplit split) => split == ImageSplit.Train ? s_train[..1] : s_test;

    /// <summary>Loads a split from its first zip and others beside that, the middle of each image made 32×32.</summary>
    public static ImageSet Load(string path, ImageSplit split)
    {
        string folder = Path.GetDirectoryName(path)!;
        ImageSetBuilder images = new();
        IReadOnlyList<string>? classes = null;
        foreach (string zip in split == ImageSplit.Train ? s_train : s_test)
        {
            using ImageFolderReader reader = ImageFolderReader.Open(Path.Combine(folder, zip));
            ImageSet domain = ImageSet.Load(reader);
            classes ??= domain.ClassNames;
            if (!classes.SequenceEqual(domain.ClassNames, StringComparer.Ordinal))
                throw reader.Fault(ImageFault.BadClassNames, "its classes are not those of the other domains.");
            for (int i = 0; i < domain.Count; i++) domain.Image(i).CopyTo(images.Add(domain.Labels[i]));
        }
        return images.Build(classes!);
    }
}
