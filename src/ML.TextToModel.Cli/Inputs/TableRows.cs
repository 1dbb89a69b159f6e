using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The rows of a table, with the columns that a classifier takes found by name, or else by position.</summary>
internal sealed class TableRows : RowSource
{
    private readonly TableReader _reader;
    private readonly int[] _features;
    private readonly Dictionary<string, float>?[] _categories;

    private TableRows(TableReader reader, int[] features, Dictionary<string, float>?[] categories)
        : base(features.Length) => (_reader, _features, _categories) = (reader, features, categories);

    public override string Place => $"{_reader.File}, line {_reader.Row.Line}";

    /// <param name="path">The table file.</param>
    /// <param name="inputs">The columns that the classifier takes.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="labelled">Whether a label column is needed.</param>
    /// <exception cref="ModelInputException">The table or an option does not fit the classifier.</exception>
    public static TableRows Open(
        string path, TableInputs inputs, TableOptions options, bool labelled)
    {
        (TableReader reader, int[] features) = OpenReader(path, inputs, options, labelled);
        return new TableRows(
            reader, features,
            [
                .. inputs.Columns.Select(column =>
                    column.Categories?.Index().ToDictionary(c => c.Item, c => (float)c.Index)),
            ]);
    }

    /// <summary>A reader of the table, and the places of the columns that the classifier takes, in its order.</summary>
    public static (TableReader Reader, int[] Features) OpenReader(
        string path, TableInputs inputs, TableOptions options, bool labelled)
    {
        string[] label = options.Label is null ? [] : [options.Label];
        options = options with { HeaderNames = [.. inputs.Names, .. label] };
        TableColumns columns = TableColumns.Match(path, inputs, options, labelled);
        // A number that looks like an id is still the number, or the category, that the classifier takes.
        (string Name, TableInput Input)[] told =
        [
            .. columns.Features.Zip(inputs.Columns)
                .Where(column => column.Second.MustTell(column.First.Kind))
                .Select(column => (column.First.Name, column.Second)),
        ];
        TableReader reader = TableReader.Open(path, options with
        {
            Label = columns.Label?.Name,
            Ignore = columns.Unused,
            Kinds = told.ToDictionary(column => column.Name, column => column.Input.Kind),
            DateStyles = told.Where(column => column.Input.DateStyle is not null)
                .ToDictionary(column => column.Name, column => column.Input.DateStyle!),
            BadRows = BadRows.Report,
        });
        return (reader, [.. columns.Features.Select(column => reader.IndexOf(column.Name))]);
    }

    public override bool Read()
    {
        if (!_reader.Read()) return false;
        Error = _reader.Row.Error;
        Label = _reader.LabelIndex < 0 ? null : _reader.Row.Text(_reader.LabelIndex);
        for (int i = 0; i < Row.Length; i++)
        {
            Row[i] = _categories[i] is not { } indices ? _reader.Row.Number(_features[i])
                : _reader.Row.Text(_features[i]) is { } text && indices.TryGetValue(text, out float index) ? index
                : float.NaN;
        }
        return true;
    }

    public override void Dispose() => _reader.Dispose();
}
