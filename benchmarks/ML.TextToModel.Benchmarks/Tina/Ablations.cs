using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// The ablations of the paper's table 4 (Tina, arXiv 2405.14132): its token layout and objective, trained for as many
/// steps with its classifier augmentation, without it, with permutation augmentation too, and with texts merged.
/// </summary>
internal static class Ablations
{
    private static readonly TinaOptions s_sizes = Sizes(256);

    private static readonly TinaTrainingOptions s_training = new()
    {
        Objective = TinaObjective.Diffusion, Steps = 20_000, Tasks = 16, Rate = 1e-3f, AverageDecay = 0.99,
    };

    /// <summary>
    /// The paper's layout. Many heads, as one token holds the rows of all classes and must look at each by itself.
    /// </summary>
    public static TinaOptions Sizes(int width) =>
        new() { Tokens = TokenLayout.Chunked, Width = width, Layers = 2, Heads = width / 8, Hidden = 2 * width };

    /// <summary>Few steps, and classes in the order of the task, as in training.</summary>
    public static TinaGeneratorOptions Sampler => Samplers.Few with { CanonicalOrder = false };

    /// <summary>The generator in the paper's manner, nothing left out.</summary>
    public static TrainedTina Paper(TinaStudy study, ZooSample zoo) =>
        TrainedTina.LoadOrTrain(study, "chunked", s_sizes, s_training, zoo);

    /// <summary>Such a generator of another width, after fewer steps.</summary>
    public static TrainedTina Paper(TinaStudy study, ZooSample zoo, int width, int steps) => TrainedTina.LoadOrTrain(
        study, $"chunked-{width}", Sizes(width), s_training with { Steps = steps }, zoo);

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;   // trains for minutes
        ZooSample zoo = StudyZoo.Sample(study);
        double[] paper = Accuracies(Paper(study, zoo));
        yield return Row("as in the paper", paper);
        yield return Row("no classifier augmentation", Accuracies(TrainedTina.LoadOrTrain(
            study, "unshuffled", s_sizes, s_training with { ShuffleClasses = false }, zoo)));
        yield return Row("with permutation augmentation", Accuracies(TrainedTina.LoadOrTrain(
            study, "permuted", s_sizes, s_training with { PermuteChannels = true }, zoo)));
        yield return Row("merged text", Accuracies(TrainedTina.LoadOrTrain(
            study, "merged", s_sizes with { MergedText = true }, s_training, zoo)));

        double[] Accuracies(TrainedTina tina) => study.Accuracies(
            study.Tasks, task => study.Generate(tina.Generator, task, Sampler).Parameters.ToArray());

        BenchmarkRow Row(string name, double[] accuracies) => TinaStudy.Row(
            $"ablation: {name}, p-Acc", accuracies,
            $"{TinaStudy.Gain(accuracies, paper)}; {zoo.Entries.Count:N0} p-models, {s_training.Steps:N0} steps");
    }
}
