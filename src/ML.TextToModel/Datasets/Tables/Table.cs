using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets;

/// <summary>
/// A table in memory, column by column. Kinds are found from all rows, not only the first ones. Immutable but for the
/// arrays it hands out; safe for use by several threads.
/// </summary>
public sealed class Table
{
    private readonly Array[] _data;

    private Table(string file, TableColumn[] columns, int labelIndex, Array[] data, int rowCount, long fileRowCount,
        List<SkippedRow> skipped)
    {
        FileRowCount = fileRowCount;
        File = file;
        Columns = columns;
        LabelIndex = labelIndex;
        _data = data;
        RowCount = rowCount;
        Skipped = skipped;
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

    /// <summary>The rows left out because <see cref="TableOptions.BadRows"/> says so.</summary>
    public IReadOnlyList<SkippedRow> Skipped { get; }

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
        ColumnBuilder[] builders =
            [.. reader.Columns.Select(column => new ColumnBuilder(column, TableReader.IsNamed(column, options)))];
        var skipped = new List<SkippedRow>();
        int most = (int)Math.Clamp(options.MaxCells / Math.Max(1, builders.Length), 1, Array.MaxLength);
        Rng rng = new(0);
        long rows = 0;
        while (reader.Read())
        {
            TableRow row = reader.Row;
            if (row.Error is not null)
            {
                skipped.Add(new SkippedRow(row.Line, row.Error));
                continue;
            }
            // Reservoir sampling (Vitter 1985, algorithm R): each row so far is kept with the same probability.
            long place = rows < most ? rows : (long)(rng.NextDouble() * (rows + 1));
            for (int i = 0; i < builders.Length; i++) builders[i].Put(place < most ? (int)place : -1, row, i);
            rows++;
        }
        var columns = new TableColumn[builders.Length];
        var data = new Array[builders.Length];
        for (int i = 0; i < builders.Length; i++)
        {
            (columns[i], data[i]) = builders[i].Build();
            builders[i] = null!;   // its texts may go before the next column is built
        }
        return new Table(name, columns, reader.LabelIndex, data, (int)Math.Min(rows, most), rows, skipped);
    }

    /// <summary>Collects a column's texts until its kind is known.</summary>
    private sealed class ColumnBuilder(TableColumn column, bool named)
    {
        private const int MaxPooled = 1_024;   // categories and small numbers repeat: keep one string of each
        private readonly HashSet<string> _pool = [];
        private readonly ColumnProfile _profile = new(column.Marks, column.DecimalComma);
        private readonly List<string?> _texts = [];

        /// <summary>Takes note of a row's field and keeps it at a place, unless that is -1.</summary>
        public void Put(int place, TableRow row, int index)
        {
            bool absent = row.IsAbsent(column.Index);
            ReadOnlySpan<char> text = absent ? default : row[index];
            if (!absent && !column.Declared) _profile.Add(text);
            if (place < 0) return;
            if (place == _texts.Count) _texts.Add(null);
            _texts[place] = absent ? null : Pooled(text);
        }

        private string Pooled(ReadOnlySpan<char> text)
        {
            if (!_pool.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? pooled))
            {
                pooled = text.ToString();
                if (_pool.Count < MaxPooled) _pool.Add(pooled);
            }
            return pooled;
        }

        public (TableColumn Column, Array Data) Build()
        {
            TableColumn built = column.Declared ? column : _profile.Decide(column, named);
            if (!built.IsNumber) return (built, _texts.Select(text => built.IsMissing(text) ? null : text).ToArray());
            float[] numbers = new float[_texts.Count];
            for (int i = 0; i < numbers.Length; i++)
                if (built.IsMissing(_texts[i]) || !built.TryNumber(_texts[i], out numbers[i])) numbers[i] = float.NaN;
            return (built, numbers);
        }
    }
}

/// <summary>A row that was left out.</summary>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Reason">Why it cannot be used.</param>
public sealed record SkippedRow(long Line, string Reason);
