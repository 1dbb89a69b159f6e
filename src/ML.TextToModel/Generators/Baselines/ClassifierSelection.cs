using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Baselines;

/// <summary>
/// The simplest way to a classifier for some of a generic model's classes: keep the class rows that are asked for, in the
/// order asked, and everything else as it is (a baseline of Tina, arXiv 2405.14132, section 3.1).
/// </summary>
public static class ClassifierSelection
{
    /// <summary>The generic model restricted to <paramref name="classes"/>.</summary>
    /// <exception cref="ModelInputException">A class is unknown to the generic model, or named twice.</exception>
    public static FittedClassifier Select(FittedClassifier generic, IReadOnlyList<string> classes)
    {
        int[] rows = new int[classes.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = generic.Classes.ToList().IndexOf(classes[i]);
            if (rows[i] < 0)
                throw new ModelInputException(
                    $"The generic model does not know the class '{classes[i]}'. It knows: {string.Join(", ", generic.Classes)}.");
        }
        PModelSpec spec = generic.Spec with { Classes = rows.Length };
        return new FittedClassifier(
            spec, Select(generic.Spec, generic.Parameters, spec, rows), classes, generic.Preprocessing,
            generic.Card with { Generator = "classifier-selection", Metrics = [], Candidates = [] });
    }

    /// <summary>The parameters of <paramref name="to"/>: class c takes the rows of class <c>rows[c]</c> of <paramref name="from"/>.</summary>
    public static float[] Select(PModelSpec from, ReadOnlySpan<float> parameters, PModelSpec to, ReadOnlySpan<int> rows)
    {
        float[] selected = new float[to.Layout.Count];
        foreach (ParameterSlot target in to.Layout.Slots)
        {
            ReadOnlySpan<float> source = from.Layout[target.Name].Of(parameters);
            Span<float> all = target.Of(selected.AsSpan());
            if (!target.PerClass)
            {
                source.CopyTo(all);
                continue;
            }
            int length = target.Count / target.Shape[0];
            for (int c = 0; c < rows.Length; c++) source.Slice(rows[c] * length, length).CopyTo(all[(c * length)..]);
        }
        return selected;
    }
}
