namespace ML.TextToModel.Training;

/// <summary>How two lists of numbers go together, from -1 to 1.</summary>
public static class RankCorrelation
{
    /// <summary>Pearson's correlation; NaN where a list is constant or empty.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Pearson(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"Lists of {a.Count} and {b.Count} numbers have no correlation.", nameof(b));
        if (a.Count == 0) return double.NaN;
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Count; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Spearman's correlation, that of the ranks; equal numbers share the mean of theirs.</summary>
    /// <inheritdoc cref="Pearson" path="/exception"/>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b) => Pearson(Ranks(a), Ranks(b));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[order.Length];
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]]) last++;
            for (int i = first; i <= last; i++) ranks[order[i]] = (first + last) / 2.0;
            first = last + 1;
        }
        return ranks;
    }
}
