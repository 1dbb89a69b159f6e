using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Gradient training of a network on rows of a table.</summary>
internal static class FineTuning
{
    private const int RowsAtOnce = 4_096;   // a few megabytes of hidden units

    /// <summary>The parameters after all epochs.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="initial">The parameters to start from; they stay.</param>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the order of rows.</param>
    /// <param name="cancel">Stops between steps.</param>
    public static float[] Run(
        PModelSpec spec, float[] initial, FeatureRows rows, TrainingOptions options, ulong seed,
        CancellationToken cancel)
    {
        ClassifierTraining training = new(spec, initial, rows, options, seed);
        while (training.Step < training.TotalSteps)
        {
            cancel.ThrowIfCancellationRequested();
            training.Advance();
        }
        return training.Vector();
    }

    /// <summary>The logits of rows, (rows, classes), row after row.</summary>
    public static float[] Logits(PModelSpec spec, float[] parameters, FeatureRows rows)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope all = new();
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        float[] logits = new float[rows.Labels.Length * spec.Classes];
        for (int first = 0; first < rows.Labels.Length; first += RowsAtOnce)
        {
            using TensorScope scope = new();
            int count = Math.Min(RowsAtOnce, rows.Labels.Length - first);
            Tensor part = Tensor.From(
                rows.Features.AsSpan(first * rows.Columns, count * rows.Columns), [1, count, rows.Columns]);
            spec.Forward(tensors, part).CopyTo(logits.AsSpan(first * spec.Classes, count * spec.Classes));
        }
        return logits;
    }
}
