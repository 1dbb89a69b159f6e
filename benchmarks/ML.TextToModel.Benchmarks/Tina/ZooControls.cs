using ML.TextToModel.Audits;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;
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
        yield return TinaStudy.Row(
            "p-models on their own tasks, p-Acc",
            [.. zoo.Index.Shards.SelectMany(shard => shard.Entries).Select(entry => entry.Accuracy)]);

        double[] tina = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        Rng rng = new(5);
        ZooSample sample = zoo.Sample(study.Data.Train.ClassNames);
        ZooMemory memory = new(sample, generic);
        ZooNeighbours neighbours = new(sample);
        yield return Below("nearest p-model", Nearest);
        yield return Below("nearest p-model + noise", task => memory.WithNoise(Nearest(task), rng));
        yield return Below("averaged p-models", _ => memory.Mean);
        yield return Below("averaged p-models, selected rows", memory.MeanWithSelectedRows, judged: false);

        float[] Nearest(int[] task) => memory.PModel(neighbours.NearestByClasses(task), task);

        BenchmarkRow Below(string name, Func<int[], float[]> parameters, bool judged = true)
        {
            double[] accuracies = study.Accuracies(study.Tasks, parameters);
            BenchmarkRow row = TinaStudy.Row($"{name}, p-Acc", accuracies, TinaStudy.Gain(accuracies, tina));
            return judged
                ? (row with { Target = tina.Average() - PointsBelow, Better = "lower" }).Judge(study.Complete)
                : row;
        }
    }

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
