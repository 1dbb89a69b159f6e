namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Half to fit to and half to score on, at most 2,000 rows; against random forest.</summary>
internal static class SmallTables
{
    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        TableMethod[] methods = [study.Generators.Alone, study.Generators.Default, study.Forest];
        Dictionary<string, MethodSummary> means = [];
        StudyTable[] tables = [.. study.SmallTables];
        foreach (TableMethod method in methods)
        {
            List<IReadOnlyList<TableFigures>> found = [];
            string? why = "no table is here";
            foreach (StudyTable table in tables)
                if (study.TryAll(method, study.SmallRounds(table), out why) is { } figures) found.Add(figures);
            if (found.Count < tables.Length || found.Count == 0)
            {
                yield return BenchmarkRow.Absent($"small tables, {method.Name}", "share", why!);
                continue;
            }
            means[method.Name] = MethodSummary.Mean(found);
            for (int i = 0; i < tables.Length; i++)
                foreach (BenchmarkRow row in MethodSummary.Of(found[i])
                    .Rows($"small tables, {tables[i].Name}, {method.Name}", found[i].Count))
                    yield return row;
        }
        study.Context.Print(MethodTable.Format(
            $"small tables: mean over {tables.Length}, at most 1,000 rows to fit to",
            means.Select(mean => (mean.Key, mean.Value))));
        if (!means.TryGetValue(study.Forest.Name, out MethodSummary? forest)) yield break;
        foreach (TableMethod method in methods[..2])
        {
            if (!means.TryGetValue(method.Name, out MethodSummary? own)) continue;
            BenchmarkRow row = new(
                $"small tables, {method.Name}, mean AUC / random forest", own.Auc.Mean, "share", forest.Auc.Mean,
                Stderr: own.Auc.Error, N: study.SmallRounds(tables[0]).Count(),
                Detail: $"over pairs of classes {own.AucOfPairs.Mean:F4} against {forest.AucOfPairs.Mean:F4}");
            yield return method == methods[0] ? row : row.Judge(study.Complete);   // alone, it is only reported
        }
    }
}
