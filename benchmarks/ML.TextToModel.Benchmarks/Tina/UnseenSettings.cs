using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Choices that the check of unseen classes needs, made on known classes alone: ten of them take the part of the
/// unseen ones.
/// </summary>
internal static class UnseenSettings
{
    private const int Folds = 5;
    private const int TrialSteps = 2_000, ManySteps = 6_000;

    private static readonly double[] s_penalties = [0.3, 1, 3, 10, 30, 100];

    private static readonly UnseenRecipe[] s_recipes =
    [
        new(3, 0.8f, 1, 1, TrialSteps), new(3, 0.8f, 1, 1, ManySteps), new(10, 0.8f, 1, 1, TrialSteps),
        new(1, 0.8f, 1, 1, TrialSteps), new(3, 0.5f, 1, 1, TrialSteps), new(3, 0.8f, 0.3f, 1, TrialSteps),
        new(3, 0.8f, 1, 256, TrialSteps), new(3, 0, 1, 1, TrialSteps),
    ];

    /// <summary>
    /// The accuracy of ridge maps of 40 known classes on tasks of the ten others, on training images, for each penalty.
    /// </summary>
    public static IEnumerable<(double Penalty, double Accuracy)> RidgePenalties(
        UnseenStudy study, int[] known, ITextEncoder encoder)
    {
        int[] order = new Rng(4).Permutation(known.Length);
        foreach (double penalty in s_penalties)
        {
            yield return (penalty, Enumerable.Range(0, Folds).Average(fold =>
            {
                int[] left = [.. order.Where((_, i) => i % Folds == fold)];
                RidgeMap map = new(study.Generic, encoder, [.. order.Except(left)], penalty);
                int[] task = [.. left.Select(place => known[place])];
                return study.Accuracies([task], t => map.Parameters(study.Names(t)), onTraining: true)[0];
            }));
        }
    }

    /// <summary>
    /// Recipes of training, tried on 40 of the known classes: nothing has seen the ten others, on whose training images
    /// it is scored.
    /// </summary>
    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;
        (int[] known, _) = UnseenSplit.Of(study.Data.Train);
        int[] order = new Rng(4).Permutation(known.Length);
        int[] left = [.. order.Where((_, i) => i % Folds == 0).Select(place => known[place])];
        UnseenStudy trial = new(study.Context, study.Data, [.. known.Except(left)], "known40");
        foreach ((string name, ITextEncoder encoder) in UnseenClasses.Encoders(study))
            foreach (UnseenRecipe recipe in s_recipes)
            {
                TinaGenerator generator = trial.Train(encoder, name.Replace(' ', '-'), recipe);
                double accuracy = trial.Accuracies([left], generator, onTraining: true)[0];
                yield return new BenchmarkRow(
                    $"{name}: penalty {recipe.Ridge}, held out {recipe.HoldOut}, noise {recipe.Noise}, hidden "
                    + $"{recipe.BaseHidden}, {recipe.Steps:N0} steps", accuracy, "share", N: 1);
            }
    }
}
