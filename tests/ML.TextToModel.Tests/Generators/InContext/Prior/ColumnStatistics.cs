namespace ML.TextToModel.Generators.InContext.Prior.Tests;

/// <summary>Statistics of columns, in plain loops of double precision.</summary>
internal static class ColumnStatistics
{
    public static double Mean(ReadOnlySpan<float> column)
    {
        double sum = 0;
        foreach (float value in column) sum += value;
        return sum / column.Length;
    }

    /// <summary>Mean of (value - mean)^power.</summary>
    public static double Moment(ReadOnlySpan<float> column, int power)
    {
        double mean = Mean(column), sum = 0;
        foreach (float value in column)
        {
            double term = 1;
            for (int p = 0; p < power; p++) term *= value - mean;
            sum += term;
        }
        return sum / column.Length;
    }

    public static double Deviation(ReadOnlySpan<float> column) => Math.Sqrt(Moment(column, 2));

    public static double Kurtosis(ReadOnlySpan<float> column) => Moment(column, 4) / Math.Pow(Moment(column, 2), 2);

    public static double Skewness(ReadOnlySpan<float> column) => Moment(column, 3) / Math.Pow(Deviation(column), 3);

    public static double Correlation(float[] a, float[] b)
    {
        double meanA = Mean(a), meanB = Mean(b), sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / a.Length / (Deviation(a) * Deviation(b));
    }

    /// <summary>Mean absolute correlation of all pairs of columns.</summary>
    public static double MeanCorrelation(float[][] columns) =>
        (from i in Enumerable.Range(0, columns.Length)
         from j in Enumerable.Range(0, i)
         select Math.Abs(Correlation(columns[i], columns[j]))).Average();

    /// <summary>Share of the target's variance that a least-squares line over the columns explains.</summary>
    public static double LinearShare(float[][] columns, float[] target)
    {
        // Gram-Schmidt: what is left of each column after those before it, and of the target after all.
        double[] left = Centred(target);
        double all = Dot(left, left);
        List<double[]> basis = [];
        foreach (float[] column in columns)
        {
            double[] own = Centred(column);
            double before = Dot(own, own);
            foreach (double[] other in basis) Subtract(own, other);
            if (Dot(own, own) < 1e-9 * before) continue;
            Subtract(left, own);
            basis.Add(own);
        }
        return 1 - Dot(left, left) / all;
    }

    private static double[] Centred(float[] column)
    {
        double mean = Mean(column);
        return [.. column.Select(value => value - mean)];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Subtract(double[] from, double[] direction)
    {
        double factor = Dot(from, direction) / Dot(direction, direction);
        for (int i = 0; i < from.Length; i++) from[i] -= factor * direction[i];
    }
}
