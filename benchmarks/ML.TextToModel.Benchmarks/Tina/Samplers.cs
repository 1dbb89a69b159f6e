using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Few steps of denoising against the 1,000 of DDPM, on generators that learned to denoise the p-models of a zoo.
/// Differences are of the same tasks.
/// </summary>
internal static class Samplers
{
    private const int TasksOfMany = 20, Together = 5;
    private const double PointsAtMost = 0.3;

    private static readonly TinaGeneratorOptions s_many = new() { Steps = 1_000, Churn = 1 };

    private static readonly TinaGeneratorOptions[] s_few =
    [
        new() { Steps = 10, Churn = 1 }, new() { Steps = 4, Churn = 1 }, new() { Steps = 10 }, new() { Steps = 4 },
        new() { Steps = 1 },
    ];

    /// <summary>DDIM in ten steps.</summary>
    public static TinaGeneratorOptions Few => s_few[2];

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;   // trains for minutes
        ZooSample zoo = StudyZoo.Sample(study);
        KeptScores scores = new(Artifacts.Path(study.Context, "samplers.json"));
        foreach ((string name, Func<TrainedTina> train) in new (string, Func<TrainedTina>)[]
        {
            ("class rows, joint", () => Joint(study, zoo)), ("chunked, diffusion", () => Ablations.Paper(study, zoo)),
        })
        {
            TrainedTina tina = train();
            double[] many = Accuracies(name, tina.Generator, s_many, study.Tasks[..TasksOfMany]);
            yield return TinaStudy.Row($"{name}: {Of(s_many)}, p-Acc", many);
            List<SampleMean> losses = [];
            foreach (TinaGeneratorOptions few in s_few)
            {
                double[] own = Accuracies(name, tina.Generator, few, study.Tasks);
                losses.Add(SampleMean.Of([.. many.Zip(own, (a, b) => 100 * (a - b))]));
                yield return TinaStudy.Row(
                    $"{name}: {Of(few)}, p-Acc", own,
                    $"{TinaStudy.Gain(own[..many.Length], many)} against DDPM's 1,000 on {many.Length} tasks");
            }
            (double mean, double error) = losses.MinBy(loss => loss.Value);
            yield return new BenchmarkRow(
                $"{name}: 1,000 steps before the best of at most 10", mean, "points", PointsAtMost, "lower",
                Stderr: error, N: many.Length).Judge(study.Complete);
        }

        double[] Accuracies(string name, TinaGenerator generator, TinaGeneratorOptions options, int[][] tasks)
        {
            string key = $"{name} {generator.Sha256![..8]}, {Of(options)}";
            for (int first = 0; first < tasks.Length; first += Together)
            {
                if (scores.Has(key, first)) continue;
                scores.Set(key, first, study.Accuracies(
                    tasks[first..(first + Together)],
                    task => study.Generate(generator, task, options).Parameters.ToArray()));
                study.Context.Log($"{key}: {first + Together} of {tasks.Length} tasks");
            }
            return scores.All(key);
        }
    }

    /// <summary>A generator with a token per class that learns from p-models and through its own classifiers.</summary>
    private static TrainedTina Joint(TinaStudy study, ZooSample zoo) => TrainedTina.LoadOrTrain(
        study, "joint", new TinaOptions { Width = 128, Heads = 4, Hidden = 512 }, new TinaTrainingOptions
        {
            Objective = TinaObjective.Joint, Steps = 5_000, Rate = 1e-3f, BaseRate = 10, Ridge = 0.01,
        }, zoo);

    private static string Of(TinaGeneratorOptions options) => options.Steps == 1
        ? "1 step"
        : $"{(options.Churn > 0 ? "DDPM" : "DDIM")}, {options.Steps:N0} steps";
}
