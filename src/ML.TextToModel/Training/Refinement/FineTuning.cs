using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Gradient training of an emitted network.</summary>
internal static class FineTuning
{
    /// <summary>Trains, and returns the parameters of the epoch that was best on other rows, or those given.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="initial">The parameters to start from; they stay.</param>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="validation">Rows that tell the best epoch.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the order of rows.</param>
    /// <param name="deadline">Ends the training early, after an epoch.</param>
    /// <param name="cancel">Stops between steps.</param>
    /// <returns>The parameters, and how many epochs they are from the start.</returns>
    public static (float[] Parameters, int Epochs) Run(
        PModelSpec spec, float[] initial, FeatureRows rows, FeatureRows validation, TrainingOptions options,
        ulong seed, Deadline deadline, CancellationToken cancel)
    {
        ClassifierTraining training = new(spec, initial, rows, options, seed);
        float[] best = initial;
        int bestEpoch = 0;
        double least = Loss(spec, initial, validation);
        for (int epoch = 1; epoch <= options.Epochs && !deadline.IsPassed; epoch++)
        {
            Advance(training, epoch / (double)options.Epochs, cancel);
            float[] present = training.Vector();
            double loss = Loss(spec, present, validation);
            if (loss < least) (best, bestEpoch, least) = (present, epoch, loss);
        }
        return (best, bestEpoch);
    }

    /// <summary>The parameters after the first <paramref name="epochs"/> of a training.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    public static float[] Epochs(
        PModelSpec spec, float[] initial, FeatureRows rows, TrainingOptions options, int epochs, ulong seed,
        CancellationToken cancel)
    {
        ClassifierTraining training = new(spec, initial, rows, options, seed);
        Advance(training, epochs / (double)options.Epochs, cancel);
        return training.Vector();
    }

    /// <summary>The logits of rows, (rows, classes), row after row.</summary>
    public static float[] Logits(PModelSpec spec, float[] parameters, FeatureRows rows)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        return spec.Forward(tensors, Tensor.From(rows.Features, [1, rows.Labels.Length, rows.Columns])).ToArray();
    }

    private static void Advance(ClassifierTraining training, double share, CancellationToken cancel)
    {
        while (training.Step < share * training.TotalSteps)
        {
            cancel.ThrowIfCancellationRequested();
            training.Advance();
        }
    }

    private static double Loss(PModelSpec spec, float[] parameters, FeatureRows rows)
    {
        float[] logits = Logits(spec, parameters, rows);
        // A network that only is too sure is not worse: its temperature is set later.
        return Temperature.CrossEntropy(logits, rows.Labels, 1 / Temperature.Fit(logits, rows.Labels));
    }
}
