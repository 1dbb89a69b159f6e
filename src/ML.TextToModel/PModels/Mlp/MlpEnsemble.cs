namespace ML.TextToModel.PModels;

/// <summary>Makes one network of several: its logits are the mean of theirs.</summary>
internal static class MlpEnsemble
{
    /// <summary>
    /// Merges networks of one hidden layer. Their units stand side by side; heads, biases and linear paths are divided
    /// by their number, so that the sum is a mean.
    /// </summary>
    /// <param name="spec">The architecture of each.</param>
    /// <param name="members">Their parameters in layout order.</param>
    /// <exception cref="ArgumentException">The architecture does not have exactly one hidden layer.</exception>
    public static (MlpSpec Spec, float[] Parameters) Merge(MlpSpec spec, IReadOnlyList<float[]> members)
    {
        if (spec.Hidden.Count != 1)
            throw new ArgumentException($"{spec} does not have one hidden layer.", nameof(spec));
        if (members.Count == 1) return (spec, members[0]);
        int units = spec.Hidden[0], count = members.Count;
        MlpSpec merged = spec with { Hidden = [units * count] };
        float[] parameters = new float[merged.Layout.Count];
        for (int m = 0; m < count; m++)
        {
            foreach (ParameterSlot slot in spec.Layout.Slots)
            {
                ReadOnlySpan<float> own = slot.Of(members[m].AsSpan());
                Span<float> target = merged.Layout[slot.Name].Of(parameters.AsSpan());
                switch (slot.Name)
                {
                    case "hidden1.weight" or "hidden1.bias":
                        own.CopyTo(target[(m * own.Length)..]);
                        break;
                    case "head.weight":
                        for (int c = 0; c < spec.Classes; c++)
                            for (int h = 0; h < units; h++)
                                target[(c * count + m) * units + h] = own[c * units + h] / count;
                        break;
                    default:
                        for (int i = 0; i < own.Length; i++) target[i] += own[i] / count;
                        break;
                }
            }
        }
        return (merged, parameters);
    }
}
