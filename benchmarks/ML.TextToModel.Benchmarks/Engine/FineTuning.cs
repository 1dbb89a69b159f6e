using System.Diagnostics;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// The baselines that a generator must beat on 10-class tasks, of CIFAR-100 if no other images are named: the generic
/// model as it is, classifier selection, and fine-tuning for 10 epochs, 50 epochs and to convergence. Optimizer and
/// rate are chosen on other tasks, by images held out from a generic model of their own.
/// </summary>
internal static class FineTuning
{
    private const int TaskSize = 10, TasksTogether = 10, BatchSize = 64;
    private const int ConvergenceEpochs = 100;   // twice the longer budget; the loss has been flat for a third of it

    private static readonly TrainingOptions[] s_grid =
    [
        AdamW(1e-3f), AdamW(3e-3f), AdamW(1e-2f), AdamW(3e-2f), AdamW(1e-1f),
        Sgd(1e-2f), Sgd(3e-2f), Sgd(1e-1f), Sgd(3e-1f), Sgd(1f),
    ];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context) =>
        ImageData.TryLoad(out ImageData? data, out string? why)
            ? Run(context, data, GenericCnn.Architecture, [10, 50, ConvergenceEpochs], s_grid.Length)
            : [BenchmarkRow.Absent("classifier selection, p-Acc", "share", why)];

    /// <summary>The same for other images, a CNN of another architecture and other budgets.</summary>
    /// <param name="context">The run.</param>
    /// <param name="data">The images.</param>
    /// <param name="architecture">The CNN; its number of classes does not count.</param>
    /// <param name="budgets">Epochs, of which all settings are tried for the first.</param>
    /// <param name="settings">How many of the best settings are tried for the second.</param>
    public static IEnumerable<BenchmarkRow> Run(
        BenchmarkContext context, ImageData data, CnnSpec architecture, int[] budgets, int settings)
    {
        string of = data.Name == ImageData.Cifar100 ? "" : $"-{data.Name}";
        string name = GenericCnn.Named($"fine-tuning{of}", architecture);
        KeptScores scores = new(Artifacts.Path(context, $"{name}{(context.Options.Quick ? "-quick" : "")}.json"));
        float[] generic = GenericCnn.LoadOrTrain(context, data, architecture: architecture);
        int[][] tasks = TaskSampler.Draw(data.Train.ClassNames.Count, TaskSize, context.Choose(4, 100), new Rng(1));
        bool complete = !context.Options.Quick;

        double[] whole = Generic(data, architecture, generic, tasks),
            selection = Selection(data, architecture, generic, tasks);
        yield return Row("generic model, argmax over all classes, p-Acc", whole, null);
        yield return Row("classifier selection, p-Acc", selection, null);

        TrainingOptions[] candidates = s_grid;
        foreach (int epochs in complete ? budgets : budgets[..1])
        {
            TrainingOptions best = s_grid[1] with { Epochs = epochs };
            if (complete)
            {
                (TrainingOptions Options, double Accuracy)[] tried =
                    [.. Choose(context, data, architecture, candidates, epochs, scores)];
                best = tried[0].Options;
                IEnumerable<string> figures =
                    tried.Select(t => $"{t.Options.Optimizer} {t.Options.Rate:G2}: {t.Accuracy:F4}");
                yield return new(
                    $"fine-tuning {epochs} epochs, grid on held-out images", tried[0].Accuracy, "share",
                    N: TasksTogether, Detail: string.Join(", ", figures));
                // The longest budget tries the two settings that were best at the one before.
                candidates = [.. tried.Take(epochs == budgets[0] ? settings : 2).Select(t => t.Options)];
            }
            Stopwatch clock = Stopwatch.StartNew();
            string setting = $"{best.Optimizer} {best.Rate:G2} {epochs} epochs";
            double[] tuned = FineTune(context, data, architecture, generic, tasks, best, setting, scores);
            string budget = epochs == ConvergenceEpochs ? "to convergence" : $"{epochs} epochs";
            yield return Row($"fine-tuning {budget}, p-Acc", tuned, selection) with
            {
                Detail = $"{best.Optimizer} {best.Rate:G2}; {Gain(tuned, selection)}; "
                    + $"{clock.Elapsed.TotalSeconds / tasks.Length:F2} s a task",
            };
        }
    }

    private static IEnumerable<(TrainingOptions Options, double Accuracy)> Choose(
        BenchmarkContext context, ImageData data, CnnSpec architecture, TrainingOptions[] candidates, int epochs,
        KeptScores scores)
    {
        ImageData heldOut = data.HoldOut();
        float[]? generic = null;
        int[][] tasks = TaskSampler.Draw(data.Train.ClassNames.Count, TaskSize, TasksTogether, new Rng(2));
        List<(TrainingOptions Options, double Accuracy)> tried = [];
        foreach (TrainingOptions candidate in candidates)
        {
            TrainingOptions options = candidate with { Epochs = epochs };
            generic ??= GenericCnn.LoadOrTrain(context, heldOut, architecture: architecture);
            string name = $"grid {options.Optimizer} {options.Rate:G2} {epochs} epochs";
            double[] accuracies = FineTune(
                context, heldOut, architecture, generic, tasks, options, name, scores);
            tried.Add((options, accuracies.Average()));
        }
        return tried.OrderByDescending(t => t.Accuracy);
    }

    private static double[] FineTune(
        BenchmarkContext context, ImageData data, CnnSpec architecture, float[] generic, int[][] tasks,
        TrainingOptions options, string name, KeptScores scores)
    {
        CnnSpec all = architecture with { Classes = data.Train.ClassNames.Count };
        CnnSpec spec = architecture with { Classes = TaskSize };
        for (int first = 0; first < tasks.Length; first += TasksTogether)
        {
            int[][] chunk = tasks[first..Math.Min(tasks.Length, first + TasksTogether)];
            if (scores.Has(name, first)) continue;
            float[][] initial = [.. chunk.Select(task => ClassifierSelection.Select(all, generic, spec, task))];
            ImageExamples train = data.TrainExamples(chunk, options);
            ClassifierTraining training = new(spec, initial, train, options, seed: 7 + (ulong)first);
            while (training.Step < training.TotalSteps)
            {
                context.Cancel.ThrowIfCancellationRequested();
                training.Advance();
            }
            ImageExamples test = data.TestExamples(chunk);
            scores.Set(name, first, [.. chunk.Select((_, t) => Accuracy.Of(spec, training.Vector(t), test, t))]);
            context.Log($"fine-tuning, {name}: {first + chunk.Length} of {tasks.Length} tasks");
        }
        return scores.All(name);
    }

    /// <summary>The accuracy on each task of the generic model, whose answer may be any of all classes.</summary>
    public static double[] Generic(ImageData data, CnnSpec architecture, float[] generic, int[][] tasks)
    {
        CnnSpec spec = architecture with { Classes = data.Train.ClassNames.Count };
        int[] predicted = Accuracy.Predict(spec, generic, data.TestExamples(null));
        ImageExamples everything = data.TestExamples(null);
        int[] labels = [.. Enumerable.Range(0, predicted.Length).Select(i => everything.Label(0, i))];
        return [.. tasks.Select(task =>
        {
            int[] own = [.. Enumerable.Range(0, labels.Length).Where(i => task.Contains(labels[i]))];
            return own.Count(i => predicted[i] == labels[i]) / (double)own.Length;
        })];
    }

    private static double[] Selection(ImageData data, CnnSpec architecture, float[] generic, int[][] tasks)
    {
        CnnSpec all = architecture with { Classes = data.Train.ClassNames.Count };
        CnnSpec spec = architecture with { Classes = TaskSize };
        ImageExamples test = data.TestExamples(tasks);
        return
        [
            .. tasks.Select((task, t) =>
                Accuracy.Of(spec, ClassifierSelection.Select(all, generic, spec, task), test, t)),
        ];
    }

    private static BenchmarkRow Row(string check, double[] accuracies, double[]? selection)
    {
        (double mean, double error) = SampleMean.Of(accuracies);
        string? gain = selection is null ? null : Gain(accuracies, selection);
        return new(check, mean, "share", Stderr: error, N: accuracies.Length, Detail: gain);
    }

    private static string Gain(double[] accuracies, double[] selection)
    {
        (double mean, double error) = SampleMean.Of([.. accuracies.Zip(selection, (a, b) => 100 * (a - b))]);
        return $"selection {mean:+0.00;-0.00} ± {error:F2} points";
    }

    private static TrainingOptions AdamW(float rate) =>
        new() { Optimizer = OptimizerKind.AdamW, Rate = rate, BatchSize = BatchSize };

    private static TrainingOptions Sgd(float rate) =>
        new() { Optimizer = OptimizerKind.Sgd, Rate = rate, Decay = 1e-4f, BatchSize = BatchSize };
}
