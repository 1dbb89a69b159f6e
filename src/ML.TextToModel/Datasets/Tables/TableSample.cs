namespace ML.TextToModel.Datasets;

/// <summary>
/// The labelled rows of a table as numbers: what a generator or a training takes. Free text and id-like columns are
/// left out. Immutable but for the arrays it hands out.
/// </summary>
public sealed class TableSample
{
    private TableSample(
        string[] columns, string[]?[] categories, float[] values, string[] classes, int[] labels, int[] sourceRows)
    {
        (Columns, Categories, Values, Classes, Labels, SourceRows) =
            (columns, categories, values, classes, labels, sourceRows);
    }

    /// <summary>The names of the columns, the label aside.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The categories of each column in the order of their first rows; null for a column of numbers.</summary>
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
        return new([.. Columns], [.. Categories.Select(c => c?.ToArray())], values, [.. Classes], labels, sourceRows);
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
        int[] used =
        [
            .. Enumerable.Range(0, first.Columns.Count).Where(i => i != first.LabelIndex
                && first.Columns[i].Kind is not (ColumnKind.Text or ColumnKind.IdLike)),
        ];
        if (used.Length == 0)
            throw new TableException(TableFault.Empty, first.File, 0, "no column but the label can be learned from.");
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
            Dictionary<string, int> found = [];
            for (int i = 0; i < rows.Length; i++)
            {
                (Table table, int row, _, _) = rows[i];
                values[i * used.Length + j] = first.Columns[column].IsNumber
                    ? table.Numbers(column)[row]
                    : table.Texts(column)[row] is { } text ? IndexOf(found, text) : float.NaN;
            }
            if (!first.Columns[column].IsNumber) categories[j] = [.. found.Keys];
        }
        return new(
            [.. used.Select(i => first.Columns[i].Name)], categories, values, classes,
            [.. rows.Select(row => classIndex[row.Class])], [.. rows.Select(row => row.SourceRow)]);
    }

    private static int IndexOf(Dictionary<string, int> found, string text)
    {
        if (!found.TryGetValue(text, out int index)) found.Add(text, index = found.Count);
        return index;
    }
}
