namespace ML.TextToModel.Datasets;

/// <summary>
/// Reads a table row by row: CSV, TSV, ARFF or JSON, packed by gzip or not, in bounded memory. The header and the
/// columns' kinds are found in the first rows (<see cref="TableLimits.SniffRows"/>). Not safe for use by several
/// threads at once.
/// </summary>
/// <example><code>
/// using var reader = TableReader.Open("iris.data", new() { Label = "5" });
/// while (reader.Read()) Console.WriteLine(reader.Row.Number(0));
/// </code></example>
public sealed class TableReader : IDisposable
{
    private readonly TableSource _source;
    private readonly BadRows _badRows;
    private readonly bool _declaredOnly;
    private readonly Queue<TableRow> _first;
    private readonly TableRow _next = new();
    private readonly TableColumn[] _columns;

    private TableReader(TableSource source, string file, TableOptions options, bool declaredOnly)
    {
        _source = source;
        File = file;
        _badRows = options.BadRows;
        _declaredOnly = declaredOnly;
        List<TableRow> first = ReadFirst();
        if (first.Count == 0) throw new TableException(TableFault.Empty, file, 0, "the file holds no rows.");

        TableColumn[] all = ColumnNames.Complete(source.FindColumns(first, options), file);
        if (all.Length == 0) throw new TableException(TableFault.Empty, file, 0, "the file holds no columns.");
        MissingMarks marks =
            source.Format == TableFormat.Arff ? MissingMarks.None : MissingMarks.Of(options.MissingMarks);
        for (int i = 0; i < all.Length; i++) all[i] = all[i] with { Marks = marks };
        Declare(all, options, file);
        int[] ignored = [.. options.Ignore.Select(name => ColumnNames.Find(all, name, file))];
        if (options.Label is not null && ignored.Contains(ColumnNames.Find(all, options.Label, file)))
            throw new TableException(TableFault.LabelIgnored, file, 0, $"the label '{options.Label}' is also ignored.");

        foreach (TableRow row in first) source.Check(row);
        _first = new(first);
        _columns = [.. all.Where((_, i) => !ignored.Contains(i))];
        if (!declaredOnly) FindKinds(first, options);
        LabelIndex = options.Label is null ? -1 : IndexOf(options.Label);
    }

    /// <summary>The file's path, or the name given with the stream.</summary>
    public string File { get; }

    /// <summary>The format found.</summary>
    public TableFormat Format => _source.Format;

    /// <summary>The columns, in file order, without the ignored ones.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>The place of the label in <see cref="Columns"/>, or -1.</summary>
    public int LabelIndex { get; }

    /// <summary>
    /// The row that <see cref="Read"/> went to; the same object may come again with the next row in it.
    /// </summary>
    public TableRow Row { get; private set; } = new();

    /// <summary>Opens a table file.</summary>
    /// <exception cref="TableException">
    /// The file or its header cannot be read, or an option does not fit it.
    /// </exception>
    public static TableReader Open(string path, TableOptions? options = null) => Open(OpenFile(path), options, path);

    /// <summary>Opens a table in a stream, which the reader disposes.</summary>
    /// <param name="stream">The bytes; need not be seekable.</param>
    /// <param name="options">How to read it; default: find out.</param>
    /// <param name="name">What to call it in messages; its extension helps to find the format.</param>
    /// <exception cref="TableException">
    /// The table or its header cannot be read, or an option does not fit it.
    /// </exception>
    public static TableReader Open(Stream stream, TableOptions? options = null, string name = "the table") =>
        Open(stream, options ?? new(), name, declaredOnly: false);

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TableException">
    /// The row cannot be used, and <see cref="TableOptions.BadRows"/> says to throw; or the rest of the file cannot be
    /// read.
    /// </exception>
    public bool Read()
    {
        if (_first.TryDequeue(out TableRow? row))
        {
            Row = row;
        }
        else
        {
            if (!_source.Read(_next)) return false;
            Row = _next;
            _source.Check(Row);
        }
        Row.Interpret(_columns, _declaredOnly);
        if (Row.Error is not null && _badRows == BadRows.Throw)
            throw new TableException(Row.Fault!.Value, File, Row.Line, Row.Error);
        return true;
    }

    /// <summary>
    /// The place in <see cref="Columns"/> of a column given by name or by its number in the file, from 1.
    /// </summary>
    /// <exception cref="TableException">There is none.</exception>
    public int IndexOf(string column) => ColumnNames.Find(_columns, column, File);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Leaves kinds that nobody declared open, for a caller that will look at all rows.</summary>
    internal static TableReader Open(Stream stream, TableOptions options, string name, bool declaredOnly)
    {
        TextInput text = TextInput.Open(stream, name);
        try
        {
            return new TableReader(TableSource.Open(text, options), name, options, declaredOnly);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    internal static Stream OpenFile(string path)
    {
        try
        {
            return System.IO.File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TableException(TableFault.NotFound, path, 0,
                $"the file cannot be opened: {failure.Message}", failure);
        }
    }

    private List<TableRow> ReadFirst()
    {
        var rows = new List<TableRow>();
        int chars = 0, fields = 0;
        while (rows.Count < TableLimits.SniffRows && chars < TableLimits.SniffChars && fields < TableLimits.SniffFields)
        {
            var row = new TableRow();
            if (!_source.Read(row)) break;
            rows.Add(row);
            chars += row.Length;
            fields += row.Count;
        }
        return rows;
    }

    private static void Declare(TableColumn[] columns, TableOptions options, string file)
    {
        foreach ((string name, ColumnKind kind) in options.Kinds) Set(name, kind);
        foreach ((string name, string style) in options.DateStyles)
        {
            int i = ColumnNames.Find(columns, name, file);
            columns[i] = columns[i] with { DateFormats = DateStyles.Of(style) };
        }
        if (options.Label is not null) Set(options.Label, ColumnKind.Categorical);

        void Set(string name, ColumnKind kind)
        {
            int i = ColumnNames.Find(columns, name, file);
            columns[i] = columns[i] with { Kind = kind, Declared = true };
        }
    }

    private void FindKinds(List<TableRow> rows, TableOptions options)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Declared) continue;
            var profile = new ColumnProfile(_columns[i].Marks, _columns[i].DecimalComma);
            foreach (TableRow row in rows)
                if (row.Error is null && !row.IsAbsent(_columns[i].Index)) profile.Add(row.Raw(_columns[i].Index));
            _columns[i] = profile.Decide(_columns[i], IsNamed(_columns[i], options));
        }
    }

    /// <summary>Whether the file or the user named the column.</summary>
    internal static bool IsNamed(TableColumn column, TableOptions options) =>
        options.Columns is not null || column.Name != $"Column{column.Index + 1}";
}
