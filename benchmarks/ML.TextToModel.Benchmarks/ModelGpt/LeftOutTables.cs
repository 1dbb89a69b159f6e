using ML.TextToModel.Benchmarks.Tables;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>
/// Each table left out of training in turn: networks generated from its words alone, beside those of another table's
/// requirement, the majority class, and the in-context generator, which sees labelled rows.
/// </summary>
internal static class LeftOutTables
{
    private const int Steps = 500;

    public static IEnumerable<BenchmarkRow> Run(HypernetworkStudy study)
    {
        if (study.Context.Options.Quick)
        {
            yield return BenchmarkRow.Absent("tables left out of training", "share", "only in a full run");
            yield break;
        }
        TableRound[] rounds = [.. study.Tables.Tables.Select(table => study.Tables.Rounds(table).First())];
        if (rounds.Length < 2) yield break;
        List<double[]> all = [];
        study.Context.Print($"{"left out",-16}{"generated",11}{"other",11}{"majority",11}{"in-context",11}");
        for (int i = 0; i < rounds.Length; i++)
        {
            TableRound round = rounds[i];
            (HypernetworkGenerator generator, _) = study.Train(
                $"without-{round.Table.Name}", rounds.Where(other => other != round), new() { Steps = Steps });
            TaskDescription task = TaskDescription.Uci[round.Table.Name];
            TablePreprocessing preprocessing =
                TablePreprocessing.Fit(round.Fit.Columns, round.Fit.Categories, round.Fit.Values);
            double Of(string requirement) => TableScores.Of(
                generator.Generate(requirement, round.Fit.Classes, preprocessing, task), round.Test).Accuracy!.Value;
            string other = TaskDescription.Uci[rounds[(i + 1) % rounds.Length].Table.Name].Wordings[^1];
            TableMethod inContext = study.Tables.Generators.Alone;
            double[] figures =
            [
                task.Wordings.Average(Of), Of(other), study.Tables.Of(study.Tables.Majority, round).Accuracy,
                inContext.Absent is null ? study.Tables.Of(inContext, round).Accuracy : double.NaN,
            ];
            all.Add(figures);
            study.Context.Print($"{round.Table.Name,-16}{string.Concat(figures.Select(f => $"{f,11:F4}"))}");
            yield return new($"{round.Table.Name} left out of training", figures[0], "share", N: 1,
                Detail: $"another table's requirement {figures[1]:F4}, majority {figures[2]:F4}, in-context "
                    + $"{figures[3]:F4}") { InTable = true };
        }
        double[] mean = [.. Enumerable.Range(0, all[0].Length).Select(k => all.Average(figures => figures[k]))];
        yield return new("mean accuracy on tables left out of training", mean[0], "share", N: rounds.Length,
            Detail: $"another table's requirement {mean[1]:F4}, majority {mean[2]:F4}, in-context with labelled rows "
                + $"{mean[3]:F4}");
    }
}
