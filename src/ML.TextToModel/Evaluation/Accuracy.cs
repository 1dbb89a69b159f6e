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
        int[] predicted = new int[examples.Count(task)];
        Run(spec, parameters, examples, task, (start, logits) => logits.ArgMax().CopyTo(predicted, start), cancel);
        return predicted;
    }

    /// <summary>The probabilities (examples, classes) of each example of a task, row after row.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static float[] Probabilities(
        PModelSpec spec, ReadOnlySpan<float> parameters, IExampleSource examples, int task = 0,
        CancellationToken cancel = default)
    {
        float[] all = new float[examples.Count(task) * spec.Classes];
        Run(
            spec, parameters, examples, task,
            (start, logits) => logits.Softmax().AsSpan().CopyTo(all.AsSpan(start * spec.Classes)), cancel);
        return all;
    }

    /// <summary>Gives the logits (1, B, classes) of one batch after the other, with the place of its first.</summary>
    private static void Run(
        PModelSpec spec, ReadOnlySpan<float> parameters, IExampleSource examples, int task,
        Action<int, Tensor> take, CancellationToken cancel)
    {
        if (examples.InputShape != spec.InputShape)
            throw new ArgumentException(
                $"Examples of shape {examples.InputShape} do not fit inputs of shape {spec.InputShape}.",
                nameof(examples));
        using Tensor.NoGradientScope _ = Tensor.NoGradient();
        using TensorScope all = new();
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        int count = examples.Count(task);
        int[] batch = new int[BatchSize];
        for (int start = 0; start < count; start += BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            int size = Math.Min(BatchSize, count - start);
            for (int i = 0; i < size; i++) batch[i] = start + i;
            using TensorScope scope = new();
            Tensor inputs = Tensor.Empty(examples.InputShape.Insert(0, size).Insert(0, 1));
            examples.Fill(task, batch.AsSpan(0, size), augmentation: null, inputs.AsSpan());
            take(start, spec.Forward(tensors, inputs));
        }
    }
}
