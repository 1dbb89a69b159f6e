using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>The columns of a table after one pass through its rows.</summary>
internal sealed class TableProfile
{
    private TableProfile(ColumnStatistics[] statistics, TableColumn[] columns, int label, long rows, long skipped) =>
        (Statistics, Columns, AskedLabel, Rows, Skipped) = (statistics, columns, label, rows, skipped);

    /// <summary>What was counted, a column each.</summary>
    public IReadOnlyList<ColumnStatistics> Statistics { get; }

    /// <summary>The columns with their kinds.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The label that the user names; -1 without.</summary>
    public int AskedLabel { get; }

    /// <summary>Usable rows.</summary>
    public long Rows { get; }

    /// <summary>Rows that cannot be used.</summary>
    public long Skipped { get; }

    /// <summary>
    /// Reads the rows; where some cannot be used, again without quoting, as files of texts may hold lone quotes.
    /// </summary>
    /// <returns>The profile, and the table as it was read.</returns>
    /// <exception cref="TableException">The table cannot be read, or an option does not fit it.</exception>
    public static (TableProfile Profile, TableData Table) Best(
        TableData table, LanguageGuess language, CancellationToken cancel)
    {
        TableProfile profile = Of(table, language, cancel);
        if (profile.Skipped == 0 || table.Options.Quoted is not null) return (profile, table);
        TableData unquoted = table with { Options = table.Options with { Quoted = false } };
        TableProfile other = Of(unquoted, language, cancel);
        return other.Skipped < profile.Skipped ? (other, unquoted) : (profile, table);
    }

    /// <summary>Reads the rows, of which nothing is kept.</summary>
    private static TableProfile Of(TableData table, LanguageGuess language, CancellationToken cancel)
    {
        using TableReader reader = table.ReadDeclared();
        ColumnStatistics[] statistics =
            [.. reader.Columns.Select(column => new ColumnStatistics(column, reader.Columns.Count))];
        long rows = 0, skipped = 0;
        while (reader.Read())
        {
            if ((rows & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            TableRow row = reader.Row;
            if (row.Error is not null)
            {
                skipped++;
                continue;
            }
            rows++;
            for (int i = 0; i < statistics.Length; i++)
            {
                ReadOnlySpan<char> field = row[i];
                statistics[i].Add(field, row.IsAbsent(reader.Columns[i].Index));
                language.Add(field);
            }
        }
        foreach (ColumnStatistics one in statistics) one.End();
        return new(
            statistics, [.. statistics.Select(one => one.Decide(table.Options))], reader.LabelIndex, rows, skipped);
    }
}
