using ML.TextToModel.Benchmarks.Engine;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Combinations of known classes that no training saw, against the generic model, classifier selection, and
/// fine-tuning, tuned.
/// </summary>
internal static class SeenClasses
{
    private const double OverSelection = 0.025, OverTenEpochs = 0.01;

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study) => Run(study, FineTuning.Run(study.Context));

    /// <summary>The same beside the rows of other baselines.</summary>
    public static IEnumerable<BenchmarkRow> Run(TinaStudy study, IEnumerable<BenchmarkRow> fineTuning)
    {
        double[] selection = study.Accuracies(study.Tasks, study.Select);
        double[] generated = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        BenchmarkRow tina = TinaStudy.Row(
            "Tina, p-Acc", generated, $"classifier selection {TinaStudy.Gain(generated, selection)}");
        yield return (tina with
        {
            Check = "Tina, p-Acc / classifier selection + 2.5 points", Target = selection.Average() + OverSelection,
        }).Judge(study.Complete);
        Dictionary<string, double> baselines = [];
        foreach (BenchmarkRow row in fineTuning)
        {
            if (row.Value is { } value) baselines[row.Check] = value;
            yield return row;
        }
        foreach ((string epochs, double more) in new[] { ("10 epochs", OverTenEpochs), ("50 epochs", 0) })
        {
            if (!baselines.TryGetValue($"fine-tuning {epochs}, p-Acc", out double tuned)) continue;
            yield return (tina with
            {
                Check = $"Tina, p-Acc / fine-tuning {epochs}{(more > 0 ? " + 1 point" : "")}", Target = tuned + more,
            }).Judge(study.Complete);
        }
    }
}
