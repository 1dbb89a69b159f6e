using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>Rows of features with the class of each, from 0.</summary>
/// <param name="Values">Row after row.</param>
/// <param name="Labels">The class of each row.</param>
/// <param name="Classes">The number of classes.</param>
internal sealed record LabelledRows(float[] Values, int[] Labels, int Classes)
{
    public int Length => Values.Length / Labels.Length;

    /// <summary>The rows of a task's classes.</summary>
    public static LabelledRows Of(BackboneFeatures features, IReadOnlyList<int> task)
    {
        int[] places = new int[features.ClassNames.Count];
        Array.Fill(places, -1);
        for (int c = 0; c < task.Count; c++) places[task[c]] = c;
        int[] rows = [.. Enumerable.Range(0, features.Count).Where(i => places[features.Labels[i]] >= 0)];
        float[] values = new float[rows.Length * features.Length];
        for (int i = 0; i < rows.Length; i++) features.Row(rows[i]).CopyTo(values.AsSpan(i * features.Length));
        return new(values, [.. rows.Select(i => places[features.Labels[i]])], task.Count);
    }

    /// <summary>The number of rows of each class.</summary>
    public int[] Counts()
    {
        int[] counts = new int[Classes];
        foreach (int label in Labels) counts[label]++;
        return counts;
    }

    /// <summary>The mean row of each class.</summary>
    public double[][] ClassMeans()
    {
        double[][] means = [.. Enumerable.Range(0, Classes).Select(_ => new double[Length])];
        int[] counts = Counts();
        for (int i = 0; i < Labels.Length; i++)
            for (int k = 0; k < Length; k++) means[Labels[i]][k] += Values[i * Length + k] / (double)counts[Labels[i]];
        return means;
    }

    /// <summary>The rows less a vector for each: that of its class.</summary>
    public float[] Less(IReadOnlyList<double[]> ofClass)
    {
        float[] rest = new float[Values.Length];
        for (int i = 0; i < rest.Length; i++)
            rest[i] = (float)(Values[i] - ofClass[Labels[i / Length]][i % Length]);
        return rest;
    }
}
