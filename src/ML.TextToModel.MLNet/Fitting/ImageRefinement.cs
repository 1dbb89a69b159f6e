using System.Diagnostics;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.MLNet;

/// <summary>
/// Trains a generated image classifier briefly on labelled images, and keeps what a fifth of them that it has not seen
/// like better.
/// </summary>
internal static class ImageRefinement
{
    private const double HeldOut = 0.2;
    private const int FewestHeldOut = 10;

    /// <summary>The better of the generated and the trained classifier; its card names both.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static FittedClassifier Of(
        FittedClassifier generated, LabelledRows rows, TextToModelOptions options, FittingContext fitting)
    {
        if (rows.Labels.Count * HeldOut < FewestHeldOut) return generated;
        int[][] parts = TableSplit.Stratified([.. rows.Labels], [1 - HeldOut, HeldOut], new Rng(fitting.Seed));
        LabelledRows known = rows.Some(parts[0]), heldOut = rows.Some(parts[1]);
        FittedClassifier trained = Train(generated, known, options, fitting);
        double before = heldOut.LogLoss(generated), after = heldOut.LogLoss(trained);
        ClassifierCard card = generated.Card with
        {
            Candidates =
            [
                new CardCandidate("generated", before, before <= after),
                new CardCandidate($"trained for {options.ImageEpochs} epochs", after, after < before),
            ],
        };
        FittedClassifier better = after < before ? trained : generated;
        return new FittedClassifier(better.Spec, better.Parameters, better.Classes, better.Preprocessing, card);
    }

    private static FittedClassifier Train(
        FittedClassifier generated, LabelledRows rows, TextToModelOptions options, FittingContext fitting)
    {
        long start = Stopwatch.GetTimestamp();
        ClassifierTraining training = new(
            generated.Spec, generated.Parameters.ToArray(), rows,
            new TrainingOptions { Epochs = options.ImageEpochs, Rate = 5e-3f }, fitting.Seed);
        while (training.Step < training.TotalSteps)
        {
            fitting.Cancel.ThrowIfCancellationRequested();
            if (options.Budget is { } budget && Stopwatch.GetElapsedTime(start) > budget) break;
            training.Advance();
        }
        return new FittedClassifier(
            generated.Spec, training.Vector(), generated.Classes, generated.Preprocessing, generated.Card);
    }
}
