using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Trained p-models with the classes of each, to learn from.</summary>
/// <param name="Spec">Their architecture.</param>
/// <param name="Entries">The classes of each in order, and its parameters.</param>
public sealed record ZooSample(PModelSpec Spec, IReadOnlyList<(int[] Classes, float[] Parameters)> Entries)
{
    /// <summary>
    /// Some p-models at random, each with its classes in an order of its own (classifier augmentation).
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="shuffled">Whether their classes are put in random order, together with their rows.</param>
    /// <param name="permuted">Whether their channels are put in random order.</param>
    /// <param name="rng">Decides them.</param>
    internal (int[][] Tasks, Tensor Vectors) Draw(int count, bool shuffled, bool permuted, Rng rng)
    {
        int[][] tasks = new int[count][];
        Tensor vectors = Tensor.Empty([count, Spec.Layout.Count]);
        for (int i = 0; i < count; i++)
        {
            (int[] classes, float[] parameters) = Entries[rng.NextInt(Entries.Count)];
            int[] order = shuffled ? rng.Permutation(classes.Length) : [.. Enumerable.Range(0, classes.Length)];
            tasks[i] = [.. order.Select(place => classes[place])];
            Span<float> own = vectors.AsSpan().Slice(i * parameters.Length, parameters.Length);
            parameters.CopyTo(own);
            foreach (ParameterSlot slot in Spec.Layout.Slots.Where(slot => slot.PerClass))
            {
                int length = slot.Count / classes.Length;
                for (int c = 0; c < order.Length; c++)
                    slot.Of(parameters.AsSpan()).Slice(order[c] * length, length)
                        .CopyTo(slot.Of(own).Slice(c * length, length));
            }
            if (permuted) ChannelPermutation.Shuffle((CnnSpec)Spec, own, rng);
        }
        return (tasks, vectors);
    }
}
