using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Columns that functions are evaluated on: independent, driven by a few common factors as in the measurements of one
/// thing, or gathered around cluster centres. All have mean 0 and deviation 1.
/// </summary>
internal static class CorrelatedFeatures
{
    private const double Independent = 0.3, Clustered = 0.2;   // the rest has common factors
    private const double Uniform = 0.2;

    /// <summary>Draws all columns anew.</summary>
    public static void Fill(Rng rng, float[][] columns)
    {
        bool uniform = rng.Chance(Uniform);
        foreach (float[] column in columns)
        {
            if (uniform) rng.FillUniform(column, -1, 1);
            else NormalTable.Fill(rng, column);
        }
        double kind = rng.NextDouble();
        if (kind < Clustered) AddClusters(rng, columns);
        else if (kind > Clustered + Independent) AddFactors(rng, columns);
        foreach (float[] column in columns) ColumnMath.Standardise(column);
    }

    /// <summary>column = own · deviation + loadings · factors; each column loads on one factor or on all.</summary>
    private static void AddFactors(Rng rng, float[][] columns)
    {
        int count = rng.LogUniformInt(1, Math.Max(1, columns.Length / 2));
        float[][] factors = TableDraft.NewColumns(count, columns[0].Length);
        foreach (float[] factor in factors) NormalTable.Fill(rng, factor);
        double own = rng.LogUniform(0.05, 1);
        bool one = rng.Chance(0.5);
        foreach (float[] column in columns)
        {
            ColumnMath.Scale(column, (float)(own * rng.LogUniform(0.5, 2)));
            int only = rng.NextInt(factors.Length);
            for (int f = 0; f < factors.Length; f++)
            {
                double loading = rng.NextNormal();
                if (!one) ColumnMath.AddScaled(column, factors[f], (float)(loading / Math.Sqrt(factors.Length)));
                else if (f == only) ColumnMath.AddScaled(column, factors[f], (float)(loading + Math.Sign(loading)));
            }
        }
    }

    private static void AddClusters(Rng rng, float[][] columns)
    {
        int clusters = rng.NextInt(2, 8);
        double spread = rng.LogUniform(0.5, 4);
        int[] cluster = new int[columns[0].Length];
        for (int i = 0; i < cluster.Length; i++) cluster[i] = rng.NextInt(clusters);
        float[] centres = new float[clusters];
        foreach (float[] column in columns)
        {
            rng.FillNormal(centres, 0, spread);
            for (int i = 0; i < column.Length; i++) column[i] += centres[cluster[i]];
        }
    }
}
