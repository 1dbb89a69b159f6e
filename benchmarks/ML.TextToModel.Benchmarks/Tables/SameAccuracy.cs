using System.Diagnostics;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>
/// Training the network that the generator emits from random parameters until it is as accurate on the validation rows;
/// the best of several rates, time for scoring it left out. Both from raw rows. On few rows the first to touch the mark
/// may be lucky: the accuracy on the test rows tells.
/// </summary>
internal static class SameAccuracy
{
    private const int Epochs = 100, BatchSize = 64;
    private const double LongestSeconds = 20;

    private static readonly float[] s_rates = [1e-3f, 5e-3f, 2e-2f];

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        if (study.Generator is not { } generator)
        {
            yield return BenchmarkRow.Absent(
                "time to the same validation accuracy", "×", study.Generators.Default.Absent!);
            yield break;
        }
        foreach (StudyTable table in study.Tables)
        {
            study.Context.Log($"{table.Name}: training to the accuracy of the generated network");
            TableRound round = study.Rounds(table).First();
            long start = Stopwatch.GetTimestamp();
            FittedClassifier emitted = new TableGenerator(generator).Generate(
                round.Fit, TableGeneratorOptions.InContextOnly, study.Context.Cancel);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double accuracy = TableScores.Of(emitted, round.Validation).Accuracy!.Value;
            (double best, int steps, float bestRate, double test) = s_rates
                .Select(rate => Train(round, emitted, rate, accuracy, study.Context.Cancel)).MinBy(t => t.Seconds);
            string reached = double.IsFinite(best)
                ? $"{best:G3} s ({steps} steps of AdamW {bestRate:G1})"
                : $"not reached in {Epochs} epochs or {LongestSeconds} s at any rate";
            yield return new(
                $"fine-tuning to the same validation accuracy / in-context, {table.Name}",
                double.IsFinite(best) ? best / seconds : null, "×", N: 1,
                Detail: $"{reached} against {seconds:G3} s, validation {accuracy:F4}, test {test:F4} against "
                    + $"{TableScores.Of(emitted, round.Test).Accuracy:F4}");
        }
    }

    /// <summary>Seconds until the accuracy is reached; infinity if it is not.</summary>
    private static (double Seconds, int Steps, float Rate, double Test) Train(
        TableRound round, FittedClassifier emitted, float rate, double accuracy, CancellationToken cancel)
    {
        TrainingOptions options = new() { Rate = rate, Epochs = Epochs, BatchSize = BatchSize, WarmUp = 0.05 };
        Stopwatch clock = Stopwatch.StartNew();
        TablePreprocessing encoding = TablePreprocessing.Fit(
            round.Fit.Columns, round.Fit.Categories, round.Fit.Values);
        FeatureRows fit = FeatureRows.Encode(encoding, round.Fit);
        ClassifierTraining training = new(emitted.Spec, emitted.Spec.Initialize(new Rng(1)), fit, options, seed: 1);
        clock.Stop();
        FeatureRows validation = FeatureRows.Encode(encoding, round.Validation);
        int scoreEvery = Math.Clamp(training.TotalSteps / Epochs, 1, 50);
        while (training.Step < training.TotalSteps && clock.Elapsed.TotalSeconds < LongestSeconds)
        {
            cancel.ThrowIfCancellationRequested();
            clock.Start();
            training.Advance();
            clock.Stop();
            if (training.Step % scoreEvery != 0 || Score(validation) < accuracy) continue;
            double test = Score(FeatureRows.Encode(encoding, round.Test));
            return (clock.Elapsed.TotalSeconds, training.Step, rate, test);
        }
        return (double.PositiveInfinity, training.Step, rate, Score(FeatureRows.Encode(encoding, round.Test)));

        double Score(FeatureRows rows) => Accuracy.Of(emitted.Spec, training.Vector(), rows, cancel: cancel);
    }
}
