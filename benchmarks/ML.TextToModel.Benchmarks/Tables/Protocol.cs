namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Every method on every split of every table, then the means over the tables.</summary>
internal static class Protocol
{
    public static IEnumerable<BenchmarkRow> Run(TableStudy study) => study.Compare(study.Methods);

    /// <summary>Tables of methods and their rows, one for each data set and one of means.</summary>
    public static IEnumerable<BenchmarkRow> Compare(this TableStudy study, IReadOnlyList<TableMethod> methods)
    {
        Dictionary<string, List<IReadOnlyList<TableFigures>>> found = methods.ToDictionary(
            method => method.Name, _ => new List<IReadOnlyList<TableFigures>>());
        foreach (StudyTable table in study.Tables)
        {
            List<(string, MethodSummary)> summaries = [];
            foreach (TableMethod method in methods)
            {
                if (study.TryAll(method, study.Rounds(table), out string? why) is not { } figures)
                {
                    yield return BenchmarkRow.Absent($"{table.Name}, {method.Name}", "share", why!);
                    continue;
                }
                found[method.Name].Add(figures);
                MethodSummary summary = MethodSummary.Of(figures);
                summaries.Add((method.Name, summary));
                foreach (BenchmarkRow row in summary.Rows($"{table.Name}, {method.Name}", figures.Count))
                    yield return row;
            }
            study.Context.Print(MethodTable.Format(
                $"{table.Name}: {table.Sample.Rows:N0} rows, {table.Sample.Columns.Count} columns, "
                + $"{table.Sample.Classes.Count} classes", summaries));
        }
        List<(string, MethodSummary)> means = [];
        foreach ((string method, List<IReadOnlyList<TableFigures>> tables) in found)
        {
            if (tables.Count == 0 || tables.Count < study.Tables.Count) continue;
            MethodSummary mean = MethodSummary.Mean(tables);
            means.Add((method, mean));
            foreach (BenchmarkRow row in mean.Rows($"mean over {tables.Count} tables, {method}", tables[0].Count))
                yield return row;
        }
        study.Context.Print(MethodTable.Format($"mean over {study.Tables.Count} tables", means));
    }

    /// <summary>The figures of a method on some splits, or null and why it has none.</summary>
    public static IReadOnlyList<TableFigures>? TryAll(
        this TableStudy study, TableMethod method, IEnumerable<TableRound> rounds, out string? why)
    {
        try
        {
            why = null;
            return [.. rounds.Select(round => study.Of(method, round))];
        }
        catch (PeerAbsentException e)
        {
            why = e.Message;
            return null;
        }
    }

    /// <summary>A method's means over all tables of the study, or null and why it has none.</summary>
    public static MethodSummary? TryMean(this TableStudy study, TableMethod method, out string? why)
    {
        List<IReadOnlyList<TableFigures>> tables = [];
        why = "no table is here";
        foreach (StudyTable table in study.Tables)
        {
            if (study.TryAll(method, study.Rounds(table), out why) is not { } figures) return null;
            tables.Add(figures);
        }
        return tables.Count == 0 ? null : MethodSummary.Mean(tables);
    }
}
