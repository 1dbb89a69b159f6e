using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Takes cells away: at random, where the value itself is large (not shown because it is), or more often in some
/// classes than in others, so that being missing tells something.
/// </summary>
internal static class MissingValues
{
    private const double Share = 0.3;                      // of all tables
    private const double LeastCells = 0.005, MostCells = 0.4;   // of one column
    private const double AtRandom = 0.6, ByValue = 0.2;    // of the columns concerned; the rest goes by class

    /// <summary>Sets cells of some columns of some tables to NaN; labels are known by now.</summary>
    public static void Apply(Rng rng, TableDraft draft)
    {
        if (!rng.Chance(Share)) return;
        double columns = rng.NextDouble();
        foreach (float[] column in draft.Columns)
        {
            if (rng.Chance(columns)) Remove(rng, column, draft.Labels, draft.Classes);
        }
    }

    private static void Remove(Rng rng, float[] column, int[] labels, int classes)
    {
        double share = rng.LogUniform(LeastCells, MostCells), kind = rng.NextDouble();
        if (kind < AtRandom)
        {
            RemoveWhere(rng, column, _ => share);
        }
        else if (kind < AtRandom + ByValue)
        {
            (float mean, float deviation) = ColumnMath.Moments(column);
            float side = rng.Chance(0.5) ? deviation : -deviation;
            RemoveWhere(rng, column, i => (column[i] - mean) * side > 0 ? 2 * share : 0);
        }
        else
        {
            double[] shares = rng.Shares(classes, 1);
            RemoveWhere(rng, column, i => share * shares[labels[i]] * classes);
        }
    }

    private static void RemoveWhere(Rng rng, float[] column, Func<int, double> probability)
    {
        for (int i = 0; i < column.Length; i++)
        {
            if (rng.Chance(Math.Min(probability(i), 2 * MostCells))) column[i] = float.NaN;
        }
    }
}
