using ML.TextToModel.Benchmarks.Tables;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>
/// Networks that one hypernetwork generates for tables that it learned, from wordings that it did not, beside the same
/// network fine-tuned: accuracy on test rows, and seconds to the same accuracy on validation rows.
/// </summary>
internal static class SeenTables
{
    private const double MostPointsBehind = 0.01, Ratio = 270;
    private const int LargeRows = 5_000, Repeats = 25;
    private const double WarmUpSeconds = 0.5;

    public static IEnumerable<BenchmarkRow> Run(HypernetworkStudy study)
    {
        TableStudy tables = study.Tables;
        List<TableFigure> figures = [];
        List<double> training = [];
        int splits = tables.Tables.Count == 0 ? 0 : tables.Rounds(tables.Tables[0]).Count();
        for (int split = 0; split < splits; split++)
        {
            TableRound[] rounds = [.. tables.Tables.Select(table => tables.Rounds(table).ElementAt(split))];
            (HypernetworkGenerator generator, double trained) = study.Train($"tables-{split}", rounds, new());
            training.Add(trained);
            for (int i = 0; i < rounds.Length; i++)
                figures.Add(Measure(study, generator, rounds[i], rounds[(i + 1) % rounds.Length].Table.Name));
        }
        if (figures.Count == 0)
        {
            yield return BenchmarkRow.Absent("hypernetwork", "share", "no table is here");
            yield break;
        }
        study.Context.Print(
            $"{"",-16}{"learned",9}{"unseen",9}{"other",9}{"+ brief",9}{"head",9}{"low rank",9}{"full",9}"
            + $"{"generate",11}{"brief",9}{"head",9}{"low rank",9}{"to same",9}{"full",9}{"ratio",8}\n"
            + $"{"",-16}{"wordings",18}{"require.",9}{"tuning",9}{"tuning",9}{"tuning",9}{"tuning",9}"
            + $"{"ms",11}{"s",9}{"s",9}{"s",9}{"s",9}{"s",9}");
        foreach (IGrouping<string, TableFigure> table in figures.GroupBy(figure => figure.Table))
        {
            TableFigure mean = TableFigure.Mean([.. table]);
            study.Context.Print(mean.Line());
            yield return new(
                $"{table.Key}, generated from unseen wordings", mean.Unseen, "share", N: table.Count(),
                Detail: $"full fine-tuning {mean.Full:F4}") { InTable = true };
        }
        study.Context.Print(TableFigure.Mean(figures).Line());
        bool complete = tables.Complete;
        double[] gaps = [.. figures.GroupBy(figure => figure.Split)
            .Select(split => split.Average(figure => figure.Unseen - figure.Full))];
        yield return new BenchmarkRow(
            "mean accuracy, generated less fully fine-tuned", gaps.Average(), "share", -MostPointsBehind,
            Stderr: splits > 1 ? SampleMean.Of(gaps).StandardError : null, N: splits,
            Detail: $"{figures.Average(f => f.Unseen):F4} against {figures.Average(f => f.Full):F4}; generated and "
                + $"briefly fine-tuned {figures.Average(f => f.Brief):F4}, another table's requirement "
                + $"{figures.Average(f => f.Other):F4}").Judge(complete);
        double[] ratios = [.. figures.Where(figure => figure.Rows >= LargeRows).GroupBy(figure => figure.Table)
            .Select(table => TableFigure.Mean([.. table]).Ratio).Order()];
        if (ratios.Length > 0)
        {
            double median = (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
            yield return new BenchmarkRow(
                "seconds of fine-tuning to the same accuracy / of generation, median", median, "×", Ratio,
                N: ratios.Length, Detail: $"tables of at least {LargeRows:N0} rows").Judge(complete);
        }
        double seconds = training.Average() / tables.Tables.Count;
        yield return new(
            "training of the hypernetwork, seconds / tables", double.IsNaN(seconds) ? null : seconds, "s",
            Detail: "null where it is the one that ships");
    }

    private static TableFigure Measure(
        HypernetworkStudy study, HypernetworkGenerator generator, TableRound round, string other)
    {
        TaskDescription task = TaskDescription.Uci[round.Table.Name];
        TablePreprocessing preprocessing =
            TablePreprocessing.Fit(round.Fit.Columns, round.Fit.Categories, round.Fit.Values);
        PartRows rows = new(
            FeatureRows.Encode(preprocessing, round.Fit), FeatureRows.Encode(preprocessing, round.Validation),
            FeatureRows.Encode(preprocessing, round.Test));
        FittedClassifier[] generated = [.. task.Wordings.Select(Generate)];
        FittedClassifier unseen = generated[^1];
        double OnTest(FittedClassifier one) => Accuracy.Of(one.Spec, one.Parameters, rows.Test);
        ComputeThreads.Count = 1;
        string key = $"{round.Key} {generator.Options}";
        IReadOnlyList<TunedMlp> full = study.Kept(
            $"full-{round.Table.Name}-{round.Name}", key,
            () => MlpTuning.Full(unseen.Spec, unseen.Spec.Initialize(new Rng(1)), rows, study.Context.Cancel));
        TunedMlp brief =
            MlpTuning.Brief(unseen.Spec, unseen.Parameters.ToArray(), rows, study.Context.Cancel);
        FeatureRows fit = LastHidden.Of(unseen, rows.Fit), held = LastHidden.Of(unseen, rows.Validation);
        FeatureRows test = LastHidden.Of(unseen, rows.Test);
        int classes = round.Fit.Classes.Count;
        TunedHead head = HeadTuning.Full([fit], [held], classes, study.Context.Cancel);
        TunedHead lowRank = HeadTuning.LowRank(fit, held, classes, study.Context.Cancel);
        double seconds = Timing.WarmSeconds(() => Generate(task.Wordings[^1]), Repeats, WarmUpSeconds);
        double reached = full.Min(one => one.SecondsTo(Accuracy.Of(unseen.Spec, unseen.Parameters, rows.Validation)));
        TunedMlp best = full.MinBy(one => one.Loss)!;
        return new(
            round.Table.Name, round.Name, round.Table.Sample.Rows,
            generated[..HypernetworkStudy.LearnedWordings].Average(OnTest),
            generated[HypernetworkStudy.LearnedWordings..].Average(OnTest),
            OnTest(Generate(TaskDescription.Uci[other].Wordings[^1])), brief.Test, head.Accuracy(test),
            lowRank.Accuracy(test), best.Test, head.Seconds, lowRank.Seconds, seconds,
            seconds + brief.Seconds, double.IsFinite(reached) ? reached : null, full.Sum(one => one.Seconds));

        FittedClassifier Generate(string wording) =>
            generator.Generate(wording, round.Fit.Classes, preprocessing, task);
    }
}
