using System.Diagnostics;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>A training from random parameters.</summary>
/// <param name="Settings">Optimizer, rate and epochs.</param>
/// <param name="Loss">Cross-entropy on the validation rows, in the end.</param>
/// <param name="Validation">Accuracy on these.</param>
/// <param name="Test">Accuracy on the test rows.</param>
/// <param name="Seconds">Time of training, without that of scoring.</param>
/// <param name="Curve">Seconds and validation accuracy at points on the way.</param>
internal sealed record TunedMlp(
    string Settings, double Loss, double Validation, double Test, double Seconds, IReadOnlyList<double[]> Curve)
{
    /// <summary>Seconds until an accuracy was reached on the validation rows; infinity if it was not.</summary>
    public double SecondsTo(double accuracy) =>
        Curve.FirstOrDefault(point => point[1] >= accuracy)?[0] ?? double.PositiveInfinity;
}

/// <summary>Rows of the three parts of a split, through one preprocessing that was fitted to the first.</summary>
internal sealed record PartRows(FeatureRows Fit, FeatureRows Validation, FeatureRows Test);

/// <summary>Full fine-tuning of a small network, settings chosen by the validation rows; and a brief one.</summary>
internal static class MlpTuning
{
    private const ulong Seed = 1;
    private const int BatchSize = 64, Epochs = 80, MostSteps = 6_000, Points = 120;

    private static readonly (OptimizerKind Optimizer, float Rate)[] s_grid =
    [
        (OptimizerKind.AdamW, 1e-2f), (OptimizerKind.AdamW, 3e-2f), (OptimizerKind.Sgd, 3e-2f),
        (OptimizerKind.Sgd, 1e-1f),
    ];

    /// <summary>From random parameters, with each of the settings.</summary>
    public static IReadOnlyList<TunedMlp> Full(
        PModelSpec spec, float[] initial, PartRows rows, CancellationToken cancel)
    {
        int longest = Math.Clamp(MostSteps * BatchSize / rows.Fit.Labels.Length, 1, Epochs);
        return
        [
            .. s_grid.Select(setting => Run(spec, initial, rows, new()
            {
                Optimizer = setting.Optimizer, Rate = setting.Rate, BatchSize = BatchSize, WarmUp = 0.1, Decay = 1e-4f,
                Epochs = longest,
            }, cancel).Tuned),
        ];
    }

    /// <summary>One pass over the rows from generated parameters, at the best of three rates.</summary>
    public static TunedMlp Brief(PModelSpec spec, float[] initial, PartRows rows, CancellationToken cancel) =>
        new[] { 1e-3f, 3e-3f, 1e-2f }.Select(rate => Run(spec, initial, rows, new()
        {
            Rate = rate, BatchSize = BatchSize, WarmUp = 0.1, Decay = 1e-4f, Epochs = 1,
        }, cancel).Tuned).MinBy(tuned => tuned.Loss)!;

    /// <summary>One training; the clock stands while rows are scored.</summary>
    public static (TunedMlp Tuned, float[] Parameters) Run(
        PModelSpec spec, float[] initial, PartRows rows, TrainingOptions options, CancellationToken cancel)
    {
        ClassifierTraining training = new(spec, initial, rows.Fit, options, Seed);
        int every = Math.Max(1, training.TotalSteps / Points);
        List<double[]> curve = [];
        Stopwatch clock = new();
        while (training.Step < training.TotalSteps)
        {
            cancel.ThrowIfCancellationRequested();
            clock.Start();
            training.Advance();
            clock.Stop();
            if (training.Step % every == 0)
                curve.Add(
                [
                    clock.Elapsed.TotalSeconds,
                    Accuracy.Of(spec, training.Vector(), rows.Validation, cancel: cancel),
                ]);
        }
        float[] final = training.Vector();
        return (new(
            $"{options.Optimizer} {options.Rate:G1}, {options.Epochs} epochs",
            Temperature.CrossEntropy(FineTuning.Logits(spec, final, rows.Validation), rows.Validation.Labels, 1),
            Accuracy.Of(spec, final, rows.Validation, cancel: cancel),
            Accuracy.Of(spec, final, rows.Test, cancel: cancel),
            clock.Elapsed.TotalSeconds, curve), final);
    }
}
