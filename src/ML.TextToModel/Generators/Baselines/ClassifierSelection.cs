using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Baselines;

/// <summary>
/// The simplest way to a classifier for some of a generic model's classes: keep the class rows that are asked for, in
/// the order asked, and everything else as it is (a baseline of Tina, arXiv 2405.14132, section 3.1).
/// </summary>
public static class ClassifierSelection
{
    private const int NamesInMessage = 100;

    /// <summary>The generic model restricted to <paramref name="classes"/>.</summary>
    /// <exception cref="ModelInputException">
    /// No class is named, one is named twice, or one is unknown to the generic model.
    /// </exception>
    public static FittedClassifier Select(FittedClassifier generic, IReadOnlyList<string> classes)
    {
        if (classes.Count == 0) throw new ModelInputException("No class is named; name at least one.");
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        foreach (string name in generic.Classes) known.Add(name, known.Count);
        int[] rows = [.. classes.Select(
            name => known.TryGetValue(name, out int row) ? row : throw Unknown(name, generic.Classes))];
        PModelSpec spec = generic.Spec with { Classes = rows.Length };
        return new FittedClassifier(
            spec, Select(generic.Spec, generic.Parameters, spec, rows), classes, generic.Preprocessing,
            generic.Card with { Generator = "classifier-selection", Metrics = [], Candidates = [] });
    }

    /// <summary>
    /// The parameters of <paramref name="to"/>: class c takes the rows of class <c>rows[c]</c> of <paramref
    /// name="from"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of rows and classes differ, or there is no such row.</exception>
    public static float[] Select(PModelSpec from, ReadOnlySpan<float> parameters, PModelSpec to, ReadOnlySpan<int> rows)
    {
        if (rows.Length != to.Classes)
            throw new ArgumentException($"{rows.Length} rows are not {to.Classes} classes.", nameof(rows));
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

    private static ModelInputException Unknown(string name, IReadOnlyList<string> known) => new(
        $"The generic model does not know the class '{name}'. It knows: " +
        string.Join(", ", known.Take(NamesInMessage)) +
        (known.Count > NamesInMessage ? $" and {known.Count - NamesInMessage} more." : "."));
}
