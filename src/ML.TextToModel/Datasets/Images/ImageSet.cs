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
        const int blockImages = 1_024;   // 3 MB: the file's length is unknown, so it grows by blocks
        var blocks = new List<byte[]>();
        var labels = new List<int>();
        var coarse = new List<int>();
        while (reader.Read())
        {
            if (labels.Count == most)
                throw reader.Fault(ImageFault.TooManyImages, $"there are more than {most:N0} images.");
            int place = labels.Count % blockImages;
            if (place == 0) blocks.Add(new byte[blockImages * ImageBytes]);
            reader.Pixels.CopyTo(blocks[^1].AsSpan(place * ImageBytes));
            labels.Add(reader.Label);
            coarse.Add(reader.CoarseLabel);
        }
        if (labels.Count == 0) throw reader.Fault(ImageFault.Empty, "the file holds no image.");
        byte[] images = new byte[labels.Count * ImageBytes];
        for (int i = 0; i < blocks.Count; i++)
        {
            int start = i * blockImages * ImageBytes;
            blocks[i].AsSpan(0, Math.Min(blocks[i].Length, images.Length - start)).CopyTo(images.AsSpan(start));
        }
        return new ImageSet(images, [.. labels], classNames, coarse.Contains(-1) ? null : [.. coarse], coarseNames);
    }
}
