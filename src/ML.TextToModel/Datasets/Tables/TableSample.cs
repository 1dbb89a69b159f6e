namespace ML.TextToModel.Datasets;

/// <summary>
/// The labelled rows of a table as numbers: what a generator or a training takes. Free text and id-like columns are
/// left out. Immutable but for the arrays it hands out.
/// </summary>
public sealed class TableSample
{
    private const int ManyCategories = 64, MaxCategories = 1_000, MaxNamed = 20;

    private TableSample(
        TableColumn[] sources, TableColumn[] leftOut, string[]?[] categories, float[] values, string[] classes,
        int[] labels, int[] sourceRows)
    {
        (Sources, LeftOut, Categories, Values, Classes, Labels, SourceRows) =
            (sources, leftOut, categories, values, classes, labels, sourceRows);
        Columns = [.. sources.Select(column => column.Name)];
    }

    /// <summary>The names of the columns, the label aside.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The same columns as they were read, with their kinds.</summary>
    public IReadOnlyList<TableColumn> Sources { get; }

    /// <summary>The columns of free text, and those with another value in each row, which are left out.</summary>
    public IReadOnlyList<TableColumn> LeftOut { get; }

    /// <summary>
    /// The categories of each column in the order of their first rows; null for a column of numbers. Of more than 64,
    /// those of a single row are left out, and all but the 1,000 of the most rows: their rows count as missing.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>?> Categories { get; }

    /// <summary>
    /// One row after the other, a number per column: the number itself, or the index of a category; NaN where missing.
    /// </summary>
    public float[] Values { get; }

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
        return new(
            [.. Sources], [.. LeftOut], [.. Categories.Select(c => c?.ToArray())], values, [.. Classes], labels,
            sourceRows);
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
        return new(
            [.. columns.Select((name, i) => new TableColumn(name, i, ColumnKind.Numeric))], [],
            new string[]?[columns.Count], values, [.. classes], labels, [.. Enumerable.Range(0, labels.Length)]);
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
        ILookup<bool, int> columns = Enumerable.Range(0, first.Columns.Count).Where(i => i != first.LabelIndex)
            .ToLookup(i => first.Columns[i].Kind is not (ColumnKind.Text or ColumnKind.IdLike));
        int[] used = [.. columns[true]];
        TableColumn[] leftOut = [.. columns[false].Select(i => first.Columns[i])];
        if (used.Length == 0)
            throw new TableException(TableFault.Empty, first.File, 0, "no column but the label can be learned from."
                + (leftOut.Length > 0 ? $" Those of text, or with another value in each row, are left out: "
                    + string.Join(", ", leftOut.Take(MaxNamed).Select(column => column.Name)) + "." : ""));
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

        float[] values = new float[rows.Length * used.Length];
        string[]?[] categories = new string[]?[used.Length];
        for (int j = 0; j < used.Length; j++)
        {
            int column = used[j];
            if (first.Columns[column].IsNumber)
            {
                for (int i = 0; i < rows.Length; i++)
                    values[i * used.Length + j] = rows[i].Table.Numbers(column)[rows[i].Row];
                continue;
            }
            Dictionary<string, int> found = Categorise([.. rows.Select(r => r.Table.Texts(column)[r.Row])]);
            for (int i = 0; i < rows.Length; i++)
            {
                values[i * used.Length + j] =
                    rows[i].Table.Texts(column)[rows[i].Row] is { } text && found.TryGetValue(text, out int index)
                        ? index
                        : float.NaN;
            }
            categories[j] = [.. found.Keys];
        }
        return new(
            [.. used.Select(i => first.Columns[i])], leftOut, categories, values, classes,
            [.. rows.Select(row => classIndex[row.Class])], [.. rows.Select(row => row.SourceRow)]);
    }

    /// <summary>The index of each category, in the order of their first rows.</summary>
    private static Dictionary<string, int> Categorise(string?[] texts)
    {
        Dictionary<string, int> counts = texts.OfType<string>().CountBy(text => text).ToDictionary();
        IEnumerable<string> kept = counts.Keys;
        if (counts.Count > ManyCategories)
        {
            HashSet<string> common =
            [
                .. counts.Where(count => count.Value > 1).OrderByDescending(count => count.Value)
                    .Take(MaxCategories).Select(count => count.Key),
            ];
            kept = kept.Where(common.Contains);
        }
        return kept.Index().ToDictionary(category => category.Item, category => category.Index);
    }
}
