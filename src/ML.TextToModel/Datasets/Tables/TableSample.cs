namespace ML.TextToModel.Datasets;

/// <summary>
/// The labelled rows of a table as numbers: what a generator or a training takes. Free text and id-like columns are
/// left out. Immutable but for the arrays it hands out.
/// </summary>
public sealed class TableSample
{
    private readonly RawRows _rows;

    private TableSample(RawRows rows, string[] classes, int[] labels, int[] sourceRows) =>
        (_rows, Classes, Labels, SourceRows) = (rows, classes, labels, sourceRows);

    /// <inheritdoc cref="RawRows.Columns"/>
    public IReadOnlyList<string> Columns => _rows.Columns;

    /// <inheritdoc cref="RawRows.Sources"/>
    public IReadOnlyList<TableColumn> Sources => _rows.Sources;

    /// <inheritdoc cref="RawRows.LeftOut"/>
    public IReadOnlyList<TableColumn> LeftOut => _rows.LeftOut;

    /// <inheritdoc cref="RawRows.Categories"/>
    public IReadOnlyList<IReadOnlyList<string>?> Categories => _rows.Categories;

    /// <inheritdoc cref="RawRows.Values"/>
    public float[] Values => _rows.Values;

    /// <summary>The names of the classes, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The class of each row.</summary>
    public int[] Labels { get; }

    /// <summary>The place of each row in its table, from 0; of several tables, as if they were one.</summary>
    internal int[] SourceRows { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>Row number <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Columns.Count, Columns.Count);

    /// <summary>Some of the rows; columns, categories and classes stay, even where no row of a class is left.</summary>
    public TableSample Subset(ReadOnlySpan<int> rows)
    {
        float[] values = new float[rows.Length * Columns.Count];
        int[] labels = new int[rows.Length], sourceRows = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * Columns.Count));
            (labels[i], sourceRows[i]) = (Labels[rows[i]], SourceRows[rows[i]]);
        }
        RawRows some =
            new([.. Sources], [.. LeftOut], [.. Categories.Select(c => c?.ToArray())], values);
        return new(some, [.. Classes], labels, sourceRows);
    }

    /// <summary>Rows of numbers that are in memory already.</summary>
    /// <param name="columns">The columns' names.</param>
    /// <param name="values">One row after the other, a number per column, NaN where missing; kept.</param>
    /// <param name="classes">The classes' names, in the order of the classifier's probabilities.</param>
    /// <param name="labels">The class of each row; every class occurs. Kept.</param>
    /// <exception cref="ArgumentException">The rows cannot be cut evenly, or a class and labels do not fit.</exception>
    public static TableSample Of(
        IReadOnlyList<string> columns, float[] values, IReadOnlyList<string> classes, int[] labels)
    {
        if (columns.Count == 0 || values.Length != (long)labels.Length * columns.Count)
            throw new ArgumentException(
                $"{values.Length} numbers are not {labels.Length} rows of {columns.Count} columns.", nameof(values));
        bool[] occurs = new bool[classes.Count];
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes.Count)
                throw new ArgumentException($"{label} is none of {classes.Count} classes.", nameof(labels));
            occurs[label] = true;
        }
        if (occurs.Contains(false)) throw new ArgumentException("A class has no row.", nameof(classes));
        TableColumn[] sources = [.. columns.Select((name, i) => new TableColumn(name, i, ColumnKind.Numeric))];
        return new(
            new RawRows(sources, [], new string[]?[columns.Count], values), [.. classes], labels,
            [.. Enumerable.Range(0, labels.Length)]);
    }

    /// <summary>The rows of a table that have a label.</summary>
    /// <param name="table">The table; its <see cref="Table.LabelIndex"/> names the label.</param>
    /// <exception cref="TableException">
    /// The table has no label column, or no labelled row, or no usable column.
    /// </exception>
    public static TableSample From(Table table) => From([table], label => label);

    /// <summary>The rows of several tables of the same columns that have a label.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="classOf">The class of a label as it stands in the file.</param>
    /// <param name="minRows">Classes of fewer rows are left out with their rows.</param>
    /// <exception cref="TableException">There is no label column, or no labelled row, or no usable column.</exception>
    internal static TableSample From(IReadOnlyList<Table> tables, Func<string, string> classOf, int minRows = 1)
    {
        Table first = tables[0];
        if (first.LabelIndex < 0)
            throw new TableException(TableFault.UnknownColumn, first.File, 0, "no label column is named.");
        RawRows.Usable(first);   // says so first if there is no column to learn from
        int[] before = [.. tables.Select((_, i) => tables.Take(i).Sum(table => table.RowCount))];
        (Table Table, int Row, int SourceRow, string Class)[] rows =
        [
            .. from pair in tables.Zip(before)
               let labels = pair.First.Texts(pair.First.LabelIndex)
               from row in Enumerable.Range(0, pair.First.RowCount)
               where labels[row] is not null
               select (pair.First, row, pair.Second + row, classOf(labels[row]!)),
        ];
        Dictionary<string, int> counts = rows.CountBy(row => row.Class).ToDictionary();
        string[] classes =
            [.. counts.Where(c => c.Value >= minRows).Select(c => c.Key).Order(StringComparer.Ordinal)];
        if (classes.Length == 0) throw new TableException(TableFault.Empty, first.File, 0, "no row has a label.");
        Dictionary<string, int> classIndex = classes.Index().ToDictionary(c => c.Item, c => c.Index);
        rows = [.. rows.Where(row => classIndex.ContainsKey(row.Class))];

        return new(
            RawRows.From(first, [.. rows.Select(row => (row.Table, row.Row))]), classes,
            [.. rows.Select(row => classIndex[row.Class])], [.. rows.Select(row => row.SourceRow)]);
    }
}
