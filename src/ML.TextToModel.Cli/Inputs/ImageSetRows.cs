using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>
/// The images of a set in memory, loaded when the first is read, made as large as the classifier takes them.
/// </summary>
internal sealed class ImageSetRows(Lazy<ImageSet> set, string name, FittedClassifier model) : RowSource(model.RowLength)
{
    private readonly (int Height, int Width) _size = model.Preprocessing.ImageSize(model.Spec.InputShape)!.Value;
    private int _index = -1;

    public override string Place => $"{name}#{_index}";

    public override bool Read()
    {
        ImageSet images = set.Value;
        if (++_index >= images.Count) return false;
        ReadOnlySpan<byte> pixels = ImageResizing.Planes(images.Image(_index), _size.Width, _size.Height);
        for (int i = 0; i < pixels.Length; i++) Row[i] = pixels[i];
        Label = images.ClassNames[images.Labels[_index]];
        return true;
    }

    public override void Dispose() { }
}
