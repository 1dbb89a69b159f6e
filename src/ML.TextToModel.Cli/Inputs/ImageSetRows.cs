using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The images of a set in memory, loaded when the first is read.</summary>
internal sealed class ImageSetRows(Lazy<ImageSet> set, string name) : RowSource(ImageSet.ImageBytes)
{
    private int _index = -1;

    public override string Place => $"{name}#{_index}";

    public override bool Read()
    {
        ImageSet images = set.Value;
        if (++_index >= images.Count) return false;
        ReadOnlySpan<byte> pixels = images.Image(_index);
        for (int i = 0; i < pixels.Length; i++) Row[i] = pixels[i];
        Label = images.ClassNames[images.Labels[_index]];
        return true;
    }

    public override void Dispose() { }
}
