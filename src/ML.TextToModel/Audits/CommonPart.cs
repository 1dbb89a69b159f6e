using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>
/// Takes from class rows what all of them have in common. Softmax ignores it, so a training may let it drift, and
/// copies could hide behind it.
/// </summary>
public static class CommonPart
{
    /// <summary>
    /// A p-model that predicts the same: the same vector is taken from each class row, such that the rows are those
    /// of the generic model on average over its classes.
    /// </summary>
    /// <param name="parameters">The parameters of the p-model.</param>
    /// <param name="classes">Its classes, as places among the generic model's.</param>
    /// <param name="generic">The generic model.</param>
    public static float[] Align(ReadOnlySpan<float> parameters, ReadOnlySpan<int> classes, FittedClassifier generic)
    {
        PModelSpec spec = generic.Spec with { Classes = classes.Length };
        float[] aligned = parameters.ToArray();
        float[] wanted = ClassifierSelection.Select(generic.Spec, generic.Parameters, spec, classes);
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            if (!slot.PerClass) continue;
            Span<float> rows = slot.Of(aligned.AsSpan()), goal = slot.Of(wanted.AsSpan());
            int length = slot.Count / classes.Length;
            for (int column = 0; column < length; column++)
            {
                double shift = 0;
                for (int i = column; i < rows.Length; i += length) shift += (double)rows[i] - goal[i];
                for (int i = column; i < rows.Length; i += length) rows[i] -= (float)(shift / classes.Length);
            }
        }
        return aligned;
    }

    /// <summary>The same of all p-models of a zoo.</summary>
    public static ZooSample Align(ZooSample zoo, FittedClassifier generic) => zoo with
    {
        Entries = [.. zoo.Entries.Select(entry => (entry.Classes, Align(entry.Parameters, entry.Classes, generic)))],
    };
}
