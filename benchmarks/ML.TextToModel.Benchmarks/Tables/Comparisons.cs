namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>What the generator is held against, over all tables.</summary>
internal static class Comparisons
{
    private const double Margin = 0.015, TablesToWin = 4;

    private static readonly string[] s_single = ["wine-quality", "car"];

    private static readonly (string Name, Func<MethodSummary, (double Mean, double? Error)> Of)[] s_figures =
    [
        ("accuracy", s => s.Accuracy), ("AUC", s => s.Auc), ("AUC of pairs", s => s.AucOfPairs),
    ];

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        string? why = null;
        if (study.TryMean(study.Generators.Default, out why) is not { } refined
            || study.TryMean(study.Logistic, out why) is not { } logistic
            || study.TryMean(study.Forest, out why) is not { } forest
            || study.TryMean(study.Boosting, out why) is not { } boosting)
        {
            yield return BenchmarkRow.Absent("comparisons with the peers", "share", why!);
            yield break;
        }
        int splits = study.Rounds(study.Tables[0]).Count();
        foreach ((string name, var of) in s_figures)
        {
            string check = $"in-context + refinement, mean {name}";
            BenchmarkRow row = new(check, of(refined).Mean, "share") { Stderr = of(refined).Error, N = splits };
            double ensemble = Math.Max(of(forest).Mean, of(boosting).Mean);
            yield return (row with { Check = check + " / logistic regression", Target = of(logistic).Mean })
                .Judge(study.Complete);
            yield return (row with
            {
                Check = check + " / better ensemble - 1.5 points", Target = ensemble - Margin,
                Detail = $"forest {of(forest).Mean:F4}, boosting {of(boosting).Mean:F4}",
            }).Judge(study.Complete);
        }
        foreach (StudyTable table in study.Tables.Where(table => s_single.Contains(table.Name)))
            yield return Single(study, table);
        yield return TablesWon(study);
    }

    private static BenchmarkRow Single(TableStudy study, StudyTable table)
    {
        double Accuracy(TableMethod method) =>
            MethodSummary.Of([.. study.Rounds(table).Select(round => study.Of(method, round))]).Accuracy.Mean;
        return new(
            $"{table.Name}, in-context + refinement, accuracy", Accuracy(study.Generators.Default), "share",
            Detail: $"logistic regression {Accuracy(study.Logistic):F4}, forest {Accuracy(study.Forest):F4}, "
                + $"boosting {Accuracy(study.Boosting):F4}");
    }

    private static BenchmarkRow TablesWon(TableStudy study)
    {
        (string Table, double Accuracy, double Auc)[] gains =
        [
            .. study.Tables.Select(table =>
            {
                MethodSummary Of(TableMethod method) =>
                    MethodSummary.Of([.. study.Rounds(table).Select(round => study.Of(method, round))]);
                MethodSummary alone = Of(study.Generators.Alone), logistic = Of(study.Logistic);
                return (table.Name, alone.Accuracy.Mean - logistic.Accuracy.Mean, alone.Auc.Mean - logistic.Auc.Mean);
            }),
        ];
        IEnumerable<string> won = gains.Where(g => g.Accuracy > 0).Select(g => g.Table);
        return new BenchmarkRow(
            "in-context alone, tables above logistic regression, accuracy", won.Count(), "tables", TablesToWin,
            N: gains.Length, Detail: $"{string.Join(", ", won)}; by AUC {gains.Count(g => g.Auc > 0)}")
            .Judge(study.Complete);
    }
}
