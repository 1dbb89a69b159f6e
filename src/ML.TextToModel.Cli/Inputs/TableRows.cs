using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The rows of a table, with the columns that a classifier takes found by name, or else by position.</summary>
internal sealed class TableRows : RowSource
{
    private readonly TableReader _reader;
    private readonly int[] _features;

    private TableRows(TableReader reader, int[] features) : base(features.Length) =>
        (_reader, _features) = (reader, features);

    public override string Place => $"{_reader.File}, line {_reader.Row.Line}";

    /// <param name="path">The table file.</param>
    /// <param name="preprocessing">What the classifier knows of its columns.</param>
    /// <param name="length">The number of columns it takes.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="labelled">Whether a label column is needed.</param>
    /// <exception cref="ModelInputException">The table or an option does not fit the classifier.</exception>
    public static TableRows Open(
        string path, FeaturePreprocessing preprocessing, int length, TableOptions options, bool labelled)
    {
        TableColumns columns = TableColumns.Match(path, preprocessing, length, options, labelled);
        TableReader reader = TableReader.Open(path, options with
        {
            Label = columns.Label?.Name,
            Ignore = columns.Unused,
            // A number that looks like an id is still the number that the classifier takes.
            Kinds = columns.Features.Where(c => !c.IsNumber).ToDictionary(c => c.Name, _ => ColumnKind.Numeric),
            BadRows = BadRows.Report,
        });
        return new TableRows(reader, [.. columns.Features.Select(column => reader.IndexOf(column.Name))]);
    }

    public override bool Read()
    {
        if (!_reader.Read()) return false;
        Error = _reader.Row.Error;
        Label = _reader.LabelIndex < 0 ? null : _reader.Row.Text(_reader.LabelIndex);
        for (int i = 0; i < Row.Length; i++) Row[i] = _reader.Row.Number(_features[i]);
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
