namespace ML.TextToModel.Datasets;

/// <summary>Collects the images of a set whose number is not known before.</summary>
internal sealed class ImageSetBuilder
{
    private const int BlockImages = 1_024;   // 3 MB

    private readonly List<byte[]> _blocks = [];
    private readonly List<int> _labels = [], _coarse = [];

    public int Count => _labels.Count;

    /// <summary>Adds an image with its class and superclass, -1 for none; returns where its pixels go.</summary>
    public Span<byte> Add(int label, int coarse = -1)
    {
        int place = Count % BlockImages;
        if (place == 0) _blocks.Add(new byte[BlockImages * ImageSet.ImageBytes]);
        _labels.Add(label);
        _coarse.Add(coarse);
        return _blocks[^1].AsSpan(place * ImageSet.ImageBytes, ImageSet.ImageBytes);
    }

    public ImageSet Build(IReadOnlyList<string> classNames, IReadOnlyList<string>? coarseNames = null)
    {
        byte[] images = new byte[Count * ImageSet.ImageBytes];
        for (int i = 0; i < _blocks.Count; i++)
        {
            int start = i * BlockImages * ImageSet.ImageBytes;
            _blocks[i].AsSpan(0, Math.Min(_blocks[i].Length, images.Length - start)).CopyTo(images.AsSpan(start));
        }
        return new ImageSet(images, [.. _labels], classNames, _coarse.Contains(-1) ? null : [.. _coarse], coarseNames);
    }
}
