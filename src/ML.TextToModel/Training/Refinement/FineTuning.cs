using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Brief gradient training of an emitted network. Rows it did not learn from tell when to stop; where there are none,
/// it goes on for as long as it was told.
/// </summary>
internal static class FineTuning
{
    /// <summary>Trains and returns the parameters of the best epoch, which may be the first: those given.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="initial">The parameters to start from; they stay.</param>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="validation">Rows that tell the best epoch, or null to take the last.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the order of rows.</param>
    /// <param name="deadline">Ends the training early, at the end of an epoch.</param>
    /// <param name="cancel">Stops between steps.</param>
    /// <returns>The parameters, and how many epochs they are from the start.</returns>
    public static (float[] Parameters, int Epochs) Run(
        PModelSpec spec, float[] initial, FeatureRows rows, FeatureRows? validation, TrainingOptions options,
        ulong seed, Deadline deadline, CancellationToken cancel)
    {
        ClassifierTraining training = new(spec, initial, rows, options, seed);
        float[] best = initial;
        int bestEpoch = 0, stepsOfEpoch = Math.Max(1, training.TotalSteps / options.Epochs);
        double least = validation is null ? double.PositiveInfinity : Loss(spec, initial, validation);
        int epoch = 0;
        while (training.Step < training.TotalSteps && !deadline.IsPassed)
        {
            for (int i = 0; i < stepsOfEpoch && training.Step < training.TotalSteps; i++)
            {
                cancel.ThrowIfCancellationRequested();
                training.Advance();
            }
            epoch++;
            if (validation is null) continue;
            float[] present = training.Vector();
            double loss = Loss(spec, present, validation);
            if (loss < least) (best, bestEpoch, least) = (present, epoch, loss);
        }
        return validation is null ? (training.Vector(), epoch) : (best, bestEpoch);
    }

    /// <summary>The logits of rows, (rows, classes), row after row.</summary>
    public static float[] Logits(PModelSpec spec, float[] parameters, FeatureRows rows)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        return spec.Forward(tensors, Tensor.From(rows.Features, [1, rows.Labels.Length, rows.Columns])).ToArray();
    }

    private static double Loss(PModelSpec spec, float[] parameters, FeatureRows rows)
    {
        float[] logits = Logits(spec, parameters, rows);
        // A network that only is too sure is not worse: its temperature is set later.
        return Temperature.CrossEntropy(logits, rows.Labels, 1 / Temperature.Fit(logits, rows.Labels));
    }
}
