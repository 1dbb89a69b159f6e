using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Puts the channels of a CNN in another order, in each convolution and in what reads it, so that it computes the same
/// (permutation augmentation, an ablation of Tina, arXiv 2405.14132).
/// </summary>
internal static class ChannelPermutation
{
    /// <summary>Shuffles the channels of all convolutions in place.</summary>
    /// <param name="spec">The CNN.</param>
    /// <param name="parameters">Its parameters in layout order.</param>
    /// <param name="rng">Decides the orders.</param>
    public static void Shuffle(CnnSpec spec, Span<float> parameters, Rng rng)
    {
        IReadOnlyList<ParameterSlot> slots = spec.Layout.Slots;
        for (int i = 0; i < spec.Channels.Count; i++)
        {
            int[] order = rng.Permutation(spec.Channels[i]);
            Reorder(slots[i].Of(parameters), slots[i].Shape, axis: 0, order);
            Reorder(slots[i + 1].Of(parameters), slots[i + 1].Shape, axis: 1, order);
        }
    }

    /// <summary>Puts what was at place order[i] of an axis at place i.</summary>
    private static void Reorder(Span<float> values, Shape shape, int axis, int[] order)
    {
        float[] old = values.ToArray();
        int inner = shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        for (int row = 0; row < old.Length / inner; row++)
            old.AsSpan((row / order.Length * order.Length + order[row % order.Length]) * inner, inner)
                .CopyTo(values[(row * inner)..]);
    }
}
