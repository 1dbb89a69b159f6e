using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The texts of a table, or its pairs of texts, as a classifier of texts takes them.</summary>
internal sealed class TextRows : RowSource
{
    private readonly WordTextEncoder _encoder;
    private readonly TableReader _reader;
    private readonly int[] _columns;
    private readonly string[] _texts;

    private TextRows(WordTextEncoder encoder, TableReader reader, int[] columns, int rowLength) : base(rowLength) =>
        (_encoder, _reader, _columns, _texts) = (encoder, reader, columns, new string[columns.Length]);

    public override string Place => $"{_reader.File}, line {_reader.Row.Line}";

    /// <inheritdoc cref="TableRows.Open"/>
    public static TextRows Open(
        string path, FittedClassifier model, TextPreprocessing texts, TableOptions options, bool labelled)
    {
        WordTextEncoder encoder = WordTextEncoder.ShippedAs(texts.EncoderPrint);
        TableInputs inputs = new(
            texts.Columns, [.. texts.Columns.Select(_ => new TableInput(ColumnKind.Text))]) { AreTexts = true };
        (TableReader reader, int[] columns) = TableRows.OpenReader(path, inputs, options, labelled);
        return new TextRows(encoder, reader, columns, model.RowLength);
    }

    public override bool Read()
    {
        if (!_reader.Read()) return false;
        Error = _reader.Row.Error;
        Label = _reader.LabelIndex < 0 ? null : _reader.Row.Text(_reader.LabelIndex);
        if (Error is not null) return true;
        for (int i = 0; i < _texts.Length; i++) _texts[i] = _reader.Row.Text(_columns[i]) ?? "";
        try
        {
            TextFeatures.Write(_encoder, _texts, Row);
        }
        catch (ModelInputException e)
        {
            Error = e.Message;
        }
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
