using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The images of a file of records, read one by one, made as large as the classifier takes them.</summary>
internal sealed class ImageRecordRows : RowSource
{
    private readonly ImageReader _reader;
    private readonly string _path;
    private readonly IReadOnlyList<string>? _classNames;
    private readonly (int Height, int Width) _size;

    /// <param name="path">The file.</param>
    /// <param name="layout">What its labels mean.</param>
    /// <param name="classNames">The names of its labels; null to leave the labels out of account.</param>
    /// <param name="model">The classifier.</param>
    public ImageRecordRows(
        string path, ImageLayout layout, IReadOnlyList<string>? classNames, FittedClassifier model)
        : base(model.RowLength)
    {
        (_path, _classNames) = (path, classNames);
        _size = model.Preprocessing.ImageSize(model.Spec.InputShape)!.Value;
        // Any two bytes are a class id of 16 bits, so a file whose labels do not matter is read as one of those.
        _reader = classNames is null
            ? new ImageReader(File.OpenRead(path), ImageLayout.ClassId, ushort.MaxValue + 1, path)
            : new ImageReader(File.OpenRead(path), layout, classNames.Count, path);
    }

    public override string Place => $"{_path}#{_reader.Count - 1}";

    public override bool Read()
    {
        if (!_reader.Read()) return false;
        ReadOnlySpan<byte> pixels = ImageResizing.Planes(_reader.Pixels, _size.Width, _size.Height);
        for (int i = 0; i < pixels.Length; i++) Row[i] = pixels[i];
        Label = _classNames?[_reader.Label];
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
