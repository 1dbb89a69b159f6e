using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements;

/// <summary>Images.</summary>
/// <param name="Name">Their folder, or what to call them in messages.</param>
/// <param name="Samples">
/// The images, in order; may be enumerated more than once. A sample is good until the next one is taken.
/// </param>
public sealed record ImageData(string Name, IEnumerable<ImageSample> Samples)
{
    /// <summary>The images of a folder or zip, in a folder for each class or side by side.</summary>
    public static ImageData Of(string path) => new(path, Files(path));

    /// <summary>The images of a set in memory.</summary>
    public static ImageData Of(ImageSet set, string name) => new(
        name, Enumerable.Range(0, set.Count).Select(i => new ImageSample(
            set.ClassNames[set.Labels[i]],
            () => RgbImage.OfPlanes(ImageSet.Side, ImageSet.Side, set.Image(i)))));

    private static IEnumerable<ImageSample> Files(string path)
    {
        using ImageFolderReader reader = ImageFolderReader.Open(path);
        while (reader.Skip())
            yield return new ImageSample(reader.Label < 0 ? null : reader.ClassNames[reader.Label], reader.Decode);
    }
}

/// <summary>An image.</summary>
/// <param name="Label">Its class; null where unknown.</param>
/// <param name="Decode">
/// Decodes it; throws a <see cref="DecodingException"/> where it is damaged.
/// </param>
public sealed record ImageSample(string? Label, Func<RgbImage> Decode);
