using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>A method's figures over splits, each with its standard error; null for that of one split.</summary>
internal sealed record MethodSummary(
    (double Mean, double? Error) Accuracy, (double Mean, double? Error) Auc, (double Mean, double? Error) AucOfPairs,
    double FitSeconds, double PredictMicroseconds, string Chosen)
{
    /// <summary>Over the splits of one table.</summary>
    public static MethodSummary Of(IReadOnlyList<TableFigures> splits) => new(
        Over([.. splits.Select(f => f.Accuracy)]), Over([.. splits.Select(f => f.Auc)]),
        Over([.. splits.Select(f => f.AucOfPairs)]), Timing.Median(splits.Select(f => f.FitSeconds)),
        Timing.Median(splits.Select(f => f.PredictMicroseconds)), Choices(splits.Select(f => f.Detail)));

    /// <summary>The mean over tables, its error that over the splits; times are means over the tables.</summary>
    public static MethodSummary Mean(IReadOnlyList<IReadOnlyList<TableFigures>> tables)
    {
        double[] Splits(Func<TableFigures, double> figure) =>
            [.. Enumerable.Range(0, tables[0].Count).Select(split => tables.Average(t => figure(t[split])))];
        return new(
            Over(Splits(f => f.Accuracy)), Over(Splits(f => f.Auc)), Over(Splits(f => f.AucOfPairs)),
            Splits(f => f.FitSeconds).Average(), Splits(f => f.PredictMicroseconds).Average(), "");
    }

    private static (double Mean, double? Error) Over(double[] splits)
    {
        (double mean, double error) = SampleMean.Of(splits);
        return (mean, splits.Length > 1 ? error : null);
    }

    /// <summary>The most frequent first, such as <c>3× C 1, 2× C 10</c>.</summary>
    private static string Choices(IEnumerable<string> details) => string.Join(
        ", ", details.Where(d => d.Length > 0).CountBy(d => d).OrderByDescending(d => d.Value)
            .Select(d => d.Value == 1 ? d.Key : $"{d.Value}× {d.Key}"));

    /// <summary>As rows for JSON; a reader has them in a table.</summary>
    public IEnumerable<BenchmarkRow> Rows(string what, int splits)
    {
        string detail = $"fit {FitSeconds:G3} s, predict {PredictMicroseconds:G3} µs a row"
            + (Chosen.Length > 0 ? $"; chosen: {Chosen}" : "");
        yield return new($"{what}: accuracy", Accuracy.Mean, "share")
        {
            Stderr = Accuracy.Error, N = splits, Detail = detail, InTable = true,
        };
        yield return new($"{what}: AUC", Auc.Mean, "share")
        {
            Stderr = Auc.Error, N = splits, InTable = true,
            Detail = $"mean over pairs of classes {AucOfPairs.Mean:F4}",
        };
    }
}
