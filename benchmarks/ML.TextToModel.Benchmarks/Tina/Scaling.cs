using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// The paper's figure 4 (Tina, arXiv 2405.14132) at small budgets: a, generators of several widths after as many
/// steps, in our layout and in the paper's; b, one that inherits the weights of a narrower one
/// (<see cref="TinaGrowth"/>) and one that starts anew.
/// </summary>
internal static class Scaling
{
    private const int Narrow = 128, Wide = 256, Steps = 3_000, StepsAfterGrowth = 1_500, PaperSteps = 4_000;

    private static readonly int[] s_widths = [32, 64, Narrow, Wide, 512];

    private static readonly TinaTrainingOptions s_training =
        new() { Steps = Steps, Rate = 1e-3f, BaseRate = 10, Ridge = 0.01, AverageDecay = 0.99 };

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;   // trains for minutes
        double[] selection = study.Accuracies(study.Tasks, study.Select);
        Dictionary<int, TrainedTina> ofWidth = [];
        foreach (int width in s_widths)
        {
            ofWidth[width] = TrainedTina.LoadOrTrain(study, $"width-{width}", Sizes(width), s_training);
            yield return Row($"width {width}, {Steps:N0} steps (figure 4a)", ofWidth[width]);
        }
        TrainedTina shorter = TrainedTina.LoadOrTrain(
            study, "width-anew", Sizes(Wide), s_training with { Steps = StepsAfterGrowth });
        yield return Row($"width {Wide} anew, {StepsAfterGrowth:N0} steps (figure 4b)", shorter);
        TinaOptions grown = Sizes(Narrow).WithWidth(Wide) with { Hidden = Sizes(Wide).Hidden };
        yield return Row(
            $"width {Wide} grown from {Narrow}, {StepsAfterGrowth:N0} steps more (figure 4b)",
            TrainedTina.LoadOrTrain(
                study, "width-grown", grown, s_training with { Steps = StepsAfterGrowth },
                from: ofWidth[Narrow]));
        ZooSample zoo = StudyZoo.Sample(study);
        foreach (int width in s_widths)
            yield return Row(
                $"paper's layout, width {width}, {PaperSteps:N0} steps (figure 4a)",
                Ablations.Paper(study, zoo, width, PaperSteps), Ablations.Sampler);

        BenchmarkRow Row(string name, TrainedTina tina, TinaGeneratorOptions? sampler = null)
        {
            double[] accuracies = study.Accuracies(
                study.Tasks, task => study.Generate(tina.Generator, task, sampler).Parameters.ToArray());
            return TinaStudy.Row(
                $"{name}, p-Acc", accuracies,
                $"selection {TinaStudy.Gain(accuracies, selection)}; {tina.Hours:F3} hours of training");
        }
    }

    private static TinaOptions Sizes(int width) =>
        new() { Width = width, Heads = Math.Max(1, width / 64), Hidden = 4 * width };
}
