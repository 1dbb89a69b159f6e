namespace ML.TextToModel.Datasets;

/// <summary>
/// A table in memory, column by column. Kinds are found from all rows, not only the first ones. Immutable but for the
/// arrays it hands out; safe for use by several threads.
/// </summary>
public sealed class Table
{
    private const int MaxSkipped = 100;

    private readonly Array[] _data;

    private Table(string file, TableColumn[] columns, int labelIndex, Array[] data, int rowCount, long fileRowCount,
        List<SkippedRow> skipped, long skippedCount)
    {
        FileRowCount = fileRowCount;
        File = file;
        Columns = columns;
        LabelIndex = labelIndex;
        _data = data;
        RowCount = rowCount;
        Skipped = skipped;
        SkippedCount = skippedCount;
    }

    /// <summary>The file's path, or the name given with the stream.</summary>
    public string File { get; }

    /// <summary>The columns, in file order, without the ignored ones.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The place of the label in <see cref="Columns"/>, or -1.</summary>
    public int LabelIndex { get; }

    /// <summary>Rows, without the skipped ones.</summary>
    public int RowCount { get; }

    /// <summary>
    /// Rows of the file, without the skipped ones: more than <see cref="RowCount"/> where <see
    /// cref="TableOptions.MaxCells"/> left some out.
    /// </summary>
    public long FileRowCount { get; }

    /// <summary>
    /// The rows left out because <see cref="TableOptions.BadRows"/> says so: the first 100 of them.
    /// </summary>
    public IReadOnlyList<SkippedRow> Skipped { get; }

    /// <summary>The number of all such rows.</summary>
    public long SkippedCount { get; }

    /// <summary>
    /// A numeric, boolean (0 or 1) or date (days since 1970-01-01 UTC) column, one number a row, NaN where missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public float[] Numbers(int column) => _data[column] as float[]
        ?? throw new InvalidOperationException(
            $"Column '{Columns[column].Name}' is {Columns[column].Kind}: read its texts.");

    /// <summary>A categorical, text or id-like column, one text a row, null where missing.</summary>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public string?[] Texts(int column) => _data[column] as string?[]
        ?? throw new InvalidOperationException(
            $"Column '{Columns[column].Name}' is {Columns[column].Kind}: read its numbers.");

    /// <summary>
    /// The place in <see cref="Columns"/> of a column given by name or by its number in the file, from 1.
    /// </summary>
    /// <exception cref="TableException">There is none.</exception>
    public int IndexOf(string column) => ColumnNames.Find(Columns, column, File);

    /// <summary>Reads a whole table file.</summary>
    /// <exception cref="TableException">The file cannot be read, or an option does not fit it.</exception>
    public static Table Load(string path, TableOptions? options = null) =>
        Load(TableReader.OpenFile(path), options, path);

    /// <summary>Reads a whole table from a stream, and disposes that.</summary>
    /// <param name="stream">The bytes; need not be seekable.</param>
    /// <param name="options">How to read it; default: find out.</param>
    /// <param name="name">What to call it in messages; its extension helps to find the format.</param>
    /// <exception cref="TableException">The table cannot be read, or an option does not fit it.</exception>
    public static Table Load(Stream stream, TableOptions? options = null, string name = "the table")
    {
        options ??= new TableOptions();
        using TableReader reader = TableReader.Open(stream, options, name, declaredOnly: true);
        TableColumn[] columns = [.. reader.Columns];
        int distinct = ColumnProfile.DistinctOf(columns.Length);
        ColumnProfile[] profiles =
            [.. columns.Select(column => new ColumnProfile(column.Marks, column.DecimalComma, distinct))];
        RowReservoir kept = new(columns, options.MaxCells);
        List<SkippedRow> skipped = [];
        long skippedCount = 0;
        while (reader.Read())
        {
            TableRow row = reader.Row;
            if (row.Error is not null)
            {
                if (skippedCount++ < MaxSkipped) skipped.Add(new SkippedRow(row.Line, row.Error));
                continue;
            }
            for (int i = 0; i < columns.Length; i++)
                if (!columns[i].Declared && !row.IsAbsent(columns[i].Index)) profiles[i].Add(row[i]);
            kept.Add(row);
        }
        for (int i = 0; i < columns.Length; i++)
        {
            if (!columns[i].Declared)
                columns[i] = profiles[i].Decide(columns[i], TableReader.IsNamed(columns[i], options));
        }
        Array[] data = [.. columns.Select(kept.Column)];
        return new Table(name, columns, reader.LabelIndex, data, kept.Count, kept.Seen, skipped, skippedCount);
    }
}

/// <summary>A row that was left out.</summary>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Reason">Why it cannot be used.</param>
public sealed record SkippedRow(long Line, string Reason);
