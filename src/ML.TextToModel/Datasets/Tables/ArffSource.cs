namespace ML.TextToModel.Datasets;

/// <summary>
/// Rows of an ARFF file (Weka's attribute-relation file format), dense or sparse. Missing is what the file says is
/// missing: an unquoted question mark. Relational attributes and instance weights are not supported.
/// </summary>
internal sealed class ArffSource : TableSource
{
    private readonly LineReader _lines;
    private readonly TableColumn[] _columns;

    public ArffSource(TextInput text) : base(text)
    {
        _lines = new LineReader(text);
        _columns = ArffHeader.Read(_lines, text.File);
    }

    public override TableFormat Format => TableFormat.Arff;

    /// <summary>Whether the first line that is neither blank nor a comment begins with @.</summary>
    public static bool HasHeader(ReadOnlySpan<char> sample)
    {
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            ReadOnlySpan<char> start = line.TrimStart();
            if (start is not [] and not ['%', ..])
                return start.StartsWith("@relation", StringComparison.OrdinalIgnoreCase)
                    || start.StartsWith("@attribute", StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }

    public override TableColumn[] FindColumns(List<TableRow> first, TableOptions options)
    {
        if (options.Columns is null) return _columns;
        if (options.Columns.Count == _columns.Length)
            return [.. _columns.Zip(options.Columns, (column, name) => column with { Name = name })];
        throw new TableException(TableFault.ColumnCount, Text.File, 0,
            $"{options.Columns.Count} column names are given, but the table has {_columns.Length} columns.");
    }

    public override bool Read(TableRow row)
    {
        ReadOnlySpan<char> line;
        do
        {
            if (!_lines.Read()) return false;
            line = _lines.Line.Trim(" \t");
        }
        while (line.IsEmpty || line[0] == '%');

        row.Clear(_lines.Number);
        if (_lines.TooLong)
            row.Fail(TableFault.RowTooLong, $"the row is longer than {TableLimits.RowChars:N0} characters.");
        var cursor = new ArffCursor(line);
        if (cursor.TryTake('{')) ReadSparse(ref cursor, row);
        else ReadDense(ref cursor, row);
        return true;
    }

    public override void Check(TableRow row)
    {
        if (row.Error is null && row.Count != _columns.Length)
            row.Fail(TableFault.RaggedRow, $"the table has {_columns.Length} columns; fields here: {row.Count}.");
    }

    private static void ReadDense(ref ArffCursor cursor, TableRow row)
    {
        do TakeField(ref cursor, row, row.Count, ",\t");
        while (row.Error is null && (cursor.TryTake(',') || !cursor.AtEnd));
    }

    /// <summary>{index value, …}: what is not named is 0, or the first value of a nominal column.</summary>
    private void ReadSparse(ref ArffCursor cursor, TableRow row)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Values is [string first, ..]) row.Set(i, first);
            else if (_columns[i].Kind == ColumnKind.Numeric) row.Set(i, "0");
            else row.SetAbsent(i);
        }
        if (cursor.TryTake('}') && cursor.AtEnd) return;
        do
        {
            if (!int.TryParse(cursor.TakeWord(), out int index) || (uint)index >= (uint)_columns.Length)
            {
                row.Fail(TableFault.ArffSyntax,
                    $"a sparse row is {{INDEX VALUE, …}} with indices below {_columns.Length}.");
                return;
            }
            TakeField(ref cursor, row, index, ",}");
        }
        while (row.Error is null && cursor.TryTake(','));
        if (!cursor.TryTake('}') || !cursor.AtEnd) row.Fail(TableFault.ArffSyntax, "a sparse row ends with '}'.");
    }

    private static void TakeField(ref ArffCursor cursor, TableRow row, int slot, string stops)
    {
        if (!cursor.TryTakeValue(stops, out string value, out bool quoted))
            row.Fail(TableFault.UnterminatedQuote, "the line ends inside a quoted value.");
        else if (value == "?" && !quoted)
            row.SetAbsent(slot);
        else
            row.Set(slot, value);
    }
}
