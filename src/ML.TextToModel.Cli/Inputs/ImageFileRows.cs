using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>
/// The images of a folder, a zip or a file, made as large as the classifier takes them, read one by one.
/// </summary>
internal sealed class ImageFileRows : RowSource
{
    private readonly ImageFolderReader _reader;
    private readonly int _width, _height;
    private readonly ImageFit _fit;
    private readonly byte[] _planes;

    /// <param name="path">The folder, zip or file.</param>
    /// <param name="height">Rows of the classifier's images.</param>
    /// <param name="width">Columns of the classifier's images.</param>
    /// <param name="fit">What to do with images of another shape.</param>
    /// <param name="labelled">Whether the images must lie in folders of classes.</param>
    public ImageFileRows(string path, int height, int width, ImageFit fit, bool labelled)
        : base(RgbImage.Channels * height * width)
    {
        (_width, _height, _fit, _planes) = (width, height, fit, new byte[RgbImage.Channels * height * width]);
        _reader = ImageFolderReader.Open(path, new() { BadFiles = BadRows.Report });
        if (!labelled || _reader.ClassNames.Count > 0) return;
        _reader.Dispose();
        throw new ModelInputException($"The images of {path} lie in no folders, whose names would be their classes. " +
            "Put each into a folder with the name of its class.");
    }

    public override string Place => _reader.Place;

    public override bool Read()
    {
        if (!_reader.Read()) return false;
        Error = _reader.Error;
        Label = _reader.Label < 0 ? null : _reader.ClassNames[_reader.Label];
        if (_reader.Image is not { } image) return true;
        ImageResizing.Fit(image, _width, _height, _fit).ToPlanes(_planes);
        for (int i = 0; i < _planes.Length; i++) Row[i] = _planes[i];
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
