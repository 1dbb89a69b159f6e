using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Evaluation;

/// <summary>The share of examples that a p-model classifies rightly.</summary>
public static class Accuracy
{
    private const int BatchSize = 256;

    /// <summary>
    /// The accuracy of a p-model on all examples of one task, from 0 to 1 (p-Acc, where the task is its own).
    /// </summary>
    /// <exception cref="ArgumentException">Parameters or examples do not fit the architecture.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public static double Of(
        PModelSpec spec, ReadOnlySpan<float> parameters, IExampleSource examples, int task = 0,
        CancellationToken cancel = default)
    {
        int[] predicted = Predict(spec, parameters, examples, task, cancel);
        int right = 0;
        for (int i = 0; i < predicted.Length; i++)
            if (predicted[i] == examples.Label(task, i)) right++;
        return (double)right / predicted.Length;
    }

    /// <summary>The most probable class of each example of a task, an index from 0.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static int[] Predict(
        PModelSpec spec, ReadOnlySpan<float> parameters, IExampleSource examples, int task = 0,
        CancellationToken cancel = default)
    {
        if (examples.InputShape != spec.InputShape)
            throw new ArgumentException(
                $"Examples of shape {examples.InputShape} do not fit inputs of shape {spec.InputShape}.",
                nameof(examples));
        using Tensor.NoGradientScope _ = Tensor.NoGradient();
        using TensorScope all = new();
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        int count = examples.Count(task), length = examples.InputShape.ElementCount;
        int[] predicted = new int[count], batch = new int[BatchSize];
        for (int start = 0; start < count; start += BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            int size = Math.Min(BatchSize, count - start);
            for (int i = 0; i < size; i++) batch[i] = start + i;
            using TensorScope scope = new();
            Tensor inputs = Tensor.Empty(examples.InputShape.Insert(0, size).Insert(0, 1));
            examples.Fill(task, batch.AsSpan(0, size), augmentation: null, inputs.AsSpan());
            spec.Forward(tensors, inputs).ArgMax().CopyTo(predicted, start);
        }
        return predicted;
    }
}
