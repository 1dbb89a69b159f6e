namespace ML.TextToModel.Generators.InContext;

/// <summary>What a network is told of each feature before it looks at rows.</summary>
internal static class FeatureStatistics
{
    /// <summary>Numbers for a feature.</summary>
    public const int Count = 4;

    /// <summary>The share of a column's variance that lies between classes, in what <see cref="Of"/> returns.</summary>
    public static float BetweenClasses(float[] statistics, int column) => statistics[column * Count + 2];

    /// <summary>
    /// (columns, <see cref="Count"/>): skewness and excess kurtosis, both brought to about ±1; the share of the
    /// variance that lies between classes, from 0 to 1; the number of different values, from 0 for one to 1 for as many
    /// as rows, on a logarithmic scale.
    /// </summary>
    public static float[] Of(ContextTable table)
    {
        int n = table.Rows, f = table.Columns;
        float[] statistics = new float[f * Count];
        double[] sums = new double[table.Classes];
        int[] counts = new int[table.Classes];
        foreach (int label in table.Labels) counts[label]++;
        float[] column = new float[n];
        for (int j = 0; j < f; j++)
        {
            double second = 0, third = 0, fourth = 0, between = 0;
            Array.Clear(sums);
            for (int row = 0; row < n; row++)
            {
                double x = column[row] = table.Features[row * f + j];
                second += x * x;
                third += x * x * x;
                fourth += x * x * x * x;
                sums[table.Labels[row]] += x;
            }
            for (int c = 0; c < sums.Length; c++) between += sums[c] * sums[c] / counts[c];
            column.AsSpan().Sort();
            int different = 1;
            for (int row = 1; row < n; row++)
                if (column[row] > column[row - 1]) different++;
            Span<float> own = statistics.AsSpan(j * Count, Count);
            double variance = Math.Max(second / n, 1e-6);   // features have mean 0
            own[0] = (float)Math.Tanh(third / n / Math.Pow(variance, 1.5) / 2);
            own[1] = (float)(Math.Log(Math.Max(fourth / n / (variance * variance), 1)) - 1.1);   // ln 3 of a normal one
            own[2] = (float)(between / n / variance);
            own[3] = (float)(Math.Log(different) / Math.Log(Math.Max(n, 2)));
        }
        return statistics;
    }
}
