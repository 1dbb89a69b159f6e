namespace ML.TextToModel.Datasets;

/// <summary>Labelled 32×32 colour images in memory.</summary>
public sealed class ImageSet
{
    /// <summary>Width and height in pixels.</summary>
    public const int Side = 32;

    /// <summary>Red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Bytes of one image.</summary>
    public const int ImageBytes = Channels * Side * Side;

    /// <summary>The most images of one set: as many as one array holds.</summary>
    public const int MaxImages = 699_050;

    internal ImageSet(byte[] images, int[] labels, IReadOnlyList<string> classNames,
        int[]? coarseLabels = null, IReadOnlyList<string>? coarseNames = null)
    {
        (Images, Labels, ClassNames) = (images, labels, classNames);
        (CoarseLabels, CoarseNames) = (coarseLabels, coarseNames);
    }

    /// <summary>
    /// All pixels, N×3×32×32, 0 to 255: image by image, in each the red plane, the green, the blue, each row by row
    /// from the top.
    /// </summary>
    public byte[] Images { get; }

    /// <summary>The class of each image, an index into <see cref="ClassNames"/>.</summary>
    public int[] Labels { get; }

    /// <summary>The names of the classes in the order of their ids.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>
    /// The superclass of each image, an index into <see cref="CoarseNames"/>; null where there are none.
    /// </summary>
    public int[]? CoarseLabels { get; }

    /// <summary>The superclass of each class, of images that have some.</summary>
    internal int[] Superclasses()
    {
        int[] superclasses = new int[ClassNames.Count];
        for (int i = 0; i < Count; i++) superclasses[Labels[i]] = CoarseLabels![i];
        return superclasses;
    }

    /// <summary>The names of the superclasses; null where there are none.</summary>
    public IReadOnlyList<string>? CoarseNames { get; }

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of one image, 3×32×32.</summary>
    public ReadOnlySpan<byte> Image(int index) => Images.AsSpan(index * ImageBytes, ImageBytes);

    /// <summary>The images at <paramref name="indices"/>, in that order, as a set of the same classes.</summary>
    public ImageSet Select(IReadOnlyList<int> indices)
    {
        byte[] images = new byte[indices.Count * ImageBytes];
        for (int i = 0; i < indices.Count; i++) Image(indices[i]).CopyTo(images.AsSpan(i * ImageBytes));
        int[]? coarse = CoarseLabels is null ? null : [.. indices.Select(i => CoarseLabels[i])];
        return new ImageSet(images, [.. indices.Select(i => Labels[i])], ClassNames, coarse, CoarseNames);
    }

    /// <summary>The images of some classes, as a set of these classes alone, in their order.</summary>
    /// <param name="classes">Classes, each once; their superclasses are left out.</param>
    public ImageSet OfClasses(IReadOnlyList<int> classes)
    {
        Dictionary<int, int> places = classes.Index().ToDictionary(c => c.Item, c => c.Index);
        ImageSet some = Select([.. Enumerable.Range(0, Count).Where(i => places.ContainsKey(Labels[i]))]);
        return new ImageSet(
            some.Images, [.. some.Labels.Select(c => places[c])], [.. classes.Select(c => ClassNames[c])]);
    }

    internal ImageSet WithNames(IReadOnlyList<string> classNames, IReadOnlyList<string>? coarseNames) =>
        new(Images, Labels, classNames, CoarseLabels, coarseNames);

    /// <summary>Reads all images of <paramref name="reader"/>.</summary>
    /// <param name="reader">A reader at its start; stays open.</param>
    /// <param name="classNames">The names of the classes in the order of their ids.</param>
    /// <param name="coarseNames">The names of the superclasses, if the file has any.</param>
    /// <exception cref="ImageException">The file cannot be read, or holds no image or too many.</exception>
    public static ImageSet Load(ImageReader reader, IReadOnlyList<string> classNames,
        IReadOnlyList<string>? coarseNames = null) =>
        Load(reader, classNames, coarseNames, MaxImages);

    internal static ImageSet Load(ImageReader reader, IReadOnlyList<string> classNames,
        IReadOnlyList<string>? coarseNames, int most)
    {
        var set = new ImageSetBuilder();
        while (reader.Read())
        {
            if (set.Count == most)
                throw reader.Fault(ImageFault.TooManyImages, $"there are more than {most:N0} images.");
            reader.Pixels.CopyTo(set.Add(reader.Label, reader.CoarseLabel));
        }
        if (set.Count == 0) throw reader.Fault(ImageFault.Empty, "the file holds no image.");
        return set.Build(classNames, coarseNames);
    }

    /// <summary>Reads all images of a folder or zip with a folder for each class, each made 32×32.</summary>
    /// <param name="reader">
    /// A reader at its start; stays open. What it says of damaged files holds: they are left out and listed there, or
    /// thrown.
    /// </param>
    /// <param name="fit">What to do with images that are not square. Default: keep their middle.</param>
    /// <exception cref="ImageException">There are no classes, or no image could be read, or too many.</exception>
    /// <exception cref="DecodingException">An image cannot be decoded, and the reader throws.</exception>
    public static ImageSet Load(ImageFolderReader reader, ImageFit fit = ImageFit.Crop)
    {
        if (reader.ClassNames.Count == 0)
        {
            throw reader.Fault(
                ImageFault.BadClassNames, "the images lie in no folders, whose names would be their classes.");
        }
        var set = new ImageSetBuilder();
        while (reader.Read())
        {
            if (reader.Image is not { } image || reader.Label < 0) continue;
            if (set.Count == MaxImages)
                throw reader.Fault(ImageFault.TooManyImages, $"there are more than {MaxImages:N0} images.");
            ImageResizing.Fit(image, Side, Side, fit).ToPlanes(set.Add(reader.Label));
        }
        if (set.Count > 0) return set.Build(reader.ClassNames);
        throw reader.Fault(ImageFault.Empty, "not one image could be read. " +
            string.Join(' ', reader.Skipped.Take(1).Select(skipped => $"The first: {skipped.Reason}")));
    }
}
