using ML.TextToModel.Audits;
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
    private const double PointsBelow = 0.05, HoursForAll = 1;

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        (Zoo zoo, double? hours) = StudyZoo.Build(study);
        if (hours is not null)
            yield return new BenchmarkRow("1,000 p-models of ten epochs", hours, "hours", HoursForAll, "lower",
                N: zoo.Count).Judge(study.Complete);
        yield return TinaStudy.Row(
            "p-models on their own tasks, p-Acc",
            [.. zoo.Index.Shards.SelectMany(shard => shard.Entries).Select(entry => entry.Accuracy)]);

        double[] tina = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        Rng rng = new(5);
        ZooSample sample = zoo.Sample(study.Data.Train.ClassNames);
        ZooMemory memory = new(sample, study.Generic);
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
}
