using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Zoos;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// What memory alone could do: for each task the p-model of the zoo with the most classes in common, the same with
/// noise, and the mean of all p-models. Rows of classes that a p-model does not have are the generic model's.
/// </summary>
internal static class ZooControls
{
    private const int QuickPModels = 20, PModels = 1_000;
    private const double PointsBelow = 0.05, HoursForAll = 1;
    private const float Noise = 0.1f;   // of the root mean square of each tensor

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        BenchmarkContext context = study.Context;
        int count = context.Choose(QuickPModels, PModels);
        FittedClassifier generic = new(
            TinaStudy.All(study.Data), study.GenericParameters, study.Data.Train.ClassNames, study.Data.Preprocessing);
        string folder = Artifacts.Path(context, context.Options.Quick ? "zoo-quick" : "zoo");
        bool old = File.Exists(Path.Combine(folder, ZooIndex.FileName));
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        Zoo zoo = new ZooBuild(
            generic, study.Data.Train, study.Data.Test,
            new ZooRecipe { Tasks = count, Together = Math.Min(count, 50), Seed = 11 })
            .Run(folder, null, new Lines(context), context.Cancel);
        double hours = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalHours;
        if (!old)
            yield return new BenchmarkRow("1,000 p-models of ten epochs", hours * PModels / count, "hours", HoursForAll,
                "lower", N: count).Judge(study.Complete);
        (ZooEntry Entry, float[] Parameters)[] all = [.. zoo.PModels()];
        yield return TinaStudy.Row("p-models on their own tasks, p-Acc", [.. all.Select(p => p.Entry.Accuracy)]);

        double[] tina = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        Rng rng = new(5);
        yield return Below("nearest p-model", task => Nearest(study, all, task));
        yield return Below("nearest p-model + noise", task => WithNoise(Nearest(study, all, task), rng));
        float[] mean = Mean([.. all.Select(p => p.Parameters)]);
        yield return Below("averaged p-models", task => Adapt(study, mean, [], task, rows: mean));
        yield return Below(
            "averaged p-models, selected rows", task => Adapt(study, mean, [], task, rows: null), judged: false);

        BenchmarkRow Below(string name, Func<int[], float[]> parameters, bool judged = true)
        {
            double[] accuracies = study.Accuracies(study.Tasks, parameters);
            BenchmarkRow row = TinaStudy.Row($"{name}, p-Acc", accuracies, TinaStudy.Gain(accuracies, tina));
            return judged
                ? (row with { Target = tina.Average() - PointsBelow, Better = "lower" }).Judge(study.Complete)
                : row;
        }
    }

    private static float[] Nearest(TinaStudy study, (ZooEntry Entry, float[] Parameters)[] all, int[] task)
    {
        (ZooEntry entry, float[] parameters) = all.MaxBy(p => p.Entry.Classes.Intersect(task).Count());
        return Adapt(study, parameters, [.. entry.Classes], task, rows: null);
    }

    /// <summary>
    /// A p-model for other classes: its rows where it has them, else those of <paramref name="rows"/> in their order
    /// or, without these, the generic model's.
    /// </summary>
    private static float[] Adapt(TinaStudy study, float[] parameters, int[] classes, int[] task, float[]? rows)
    {
        CnnSpec spec = new() { Classes = task.Length };
        float[] adapted = [.. parameters];
        float[] generic = study.Select(task);
        foreach (ParameterSlot slot in spec.Layout.Slots.Where(slot => slot.PerClass))
        {
            int length = slot.Count / task.Length;
            for (int c = 0; c < task.Length; c++)
            {
                int own = Array.IndexOf(classes, task[c]);
                ReadOnlySpan<float> row = own >= 0
                    ? slot.Of(parameters.AsSpan()).Slice(own * length, length)
                    : slot.Of((rows ?? generic).AsSpan()).Slice(c * length, length);
                row.CopyTo(slot.Of(adapted.AsSpan())[(c * length)..]);
            }
        }
        return adapted;
    }

    private static float[] WithNoise(float[] parameters, Rng rng)
    {
        CnnSpec spec = new() { Classes = TinaStudy.TaskSize };
        float[] noisy = [.. parameters];
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            Span<float> own = slot.Of(noisy.AsSpan());
            double squares = 0;
            foreach (float value in own) squares += (double)value * value;
            double unit = Noise * Math.Sqrt(squares / own.Length);
            foreach (ref float value in own) value += (float)(unit * rng.NextNormal());
        }
        return noisy;
    }

    private static float[] Mean(float[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => (float)vectors.Average(vector => (double)vector[i]))];

    private sealed class Lines(BenchmarkContext context) : IProgress<ZooProgress>
    {
        private int _done = -1;

        public void Report(ZooProgress value)
        {
            if (value.Done == _done) return;
            _done = value.Done;
            context.Log($"zoo: {value.Done} of {value.Tasks} p-models");
        }
    }
}
