namespace ML.TextToModel.Datasets;

/// <summary>
/// Rows of a table as numbers, whether they have labels or not. The label, free text and id-like columns are left out.
/// Immutable but for the array it hands out.
/// </summary>
public sealed class RawRows
{
    private const int ManyCategories = 64, MaxCategories = 1_000, MaxNamed = 20;

    internal RawRows(TableColumn[] sources, TableColumn[] leftOut, string[]?[] categories, float[] values)
    {
        (Sources, LeftOut, Categories, Values) = (sources, leftOut, categories, values);
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

    /// <summary>All rows of a table.</summary>
    /// <exception cref="TableException">The table has no usable column.</exception>
    public static RawRows From(Table table) =>
        From(table, [.. Enumerable.Range(0, table.RowCount).Select(row => (table, row))]);

    /// <summary>Some rows of several tables of the same columns.</summary>
    /// <param name="first">The first table, whose columns count.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="TableException">The tables have no usable column.</exception>
    internal static RawRows From(Table first, (Table Table, int Row)[] rows)
    {
        (int[] used, TableColumn[] leftOut) = Usable(first);
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
        return new([.. used.Select(i => first.Columns[i])], leftOut, categories, values);
    }

    /// <summary>The places of the columns that a classifier can learn from, and the other columns.</summary>
    /// <exception cref="TableException">There is none.</exception>
    internal static (int[] Used, TableColumn[] LeftOut) Usable(Table table)
    {
        ILookup<bool, int> columns = Enumerable.Range(0, table.Columns.Count).Where(i => i != table.LabelIndex)
            .ToLookup(i => table.Columns[i].Kind is not (ColumnKind.Text or ColumnKind.IdLike));
        int[] used = [.. columns[true]];
        TableColumn[] leftOut = [.. columns[false].Select(i => table.Columns[i])];
        if (used.Length > 0) return (used, leftOut);
        throw new TableException(TableFault.Empty, table.File, 0, "no column but the label can be learned from."
            + (leftOut.Length > 0 ? $" Those of text, or with another value in each row, are left out: "
                + string.Join(", ", leftOut.Take(MaxNamed).Select(column => column.Name)) + "." : ""));
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
