using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Marginal distributions of numeric columns: monotone maps that skew them or make their tails heavy. Only the
/// zero-inflated kind loses information, as columns like capital gain do.
/// </summary>
internal static class ColumnMarginals
{
    private const double Untouched = 0.35, AllTouched = 0.25;   // of all tables; in the rest a random share is touched
    private const double OneKind = 0.5;                         // tables with the same kind in all touched columns
    private const float Bound = 5;                              // of standardised values, so that all stays finite

    private static readonly double[] s_kinds = [0.35, 0.2, 0.15, 0.15, 0.15];

    /// <summary>Standardises the numeric columns and maps some of them.</summary>
    public static void Apply(Rng rng, TableDraft draft)
    {
        double chance = rng.NextDouble();
        double share = chance < Untouched ? 0 : chance < Untouched + AllTouched ? 1 : rng.NextDouble();
        int common = rng.Chance(OneKind) ? rng.Pick(s_kinds) : -1;
        for (int j = 0; j < draft.Columns.Length; j++)
        {
            if (draft.Categories[j] > 0) continue;
            float[] column = draft.Columns[j];
            ColumnMath.Standardise(column);
            if (!rng.Chance(share)) continue;
            ColumnMath.Clip(column, Bound);
            switch (common < 0 ? rng.Pick(s_kinds) : common)
            {
                case 0: LogNormal(column, rng.NextUniform(0.3, 1.5)); break;
                case 1: Power(column, rng.LogUniform(0.4, 3)); break;
                case 2: HeavyTails(column, rng.NextUniform(0.5, 1.5)); break;
                case 3: ByRank(rng, column); break;
                default: ZeroInflated(column, rng.NextUniform(-0.5, 1)); break;
            }
        }
    }

    internal static void LogNormal(Span<float> column, double deviation)
    {
        for (int i = 0; i < column.Length; i++) column[i] = MathF.Exp((float)deviation * column[i]);
    }

    internal static void Power(Span<float> column, double exponent)
    {
        for (int i = 0; i < column.Length; i++)
            column[i] = MathF.CopySign(MathF.Pow(MathF.Abs(column[i]), (float)exponent), column[i]);
    }

    internal static void HeavyTails(Span<float> column, double strength)
    {
        for (int i = 0; i < column.Length; i++) column[i] = MathF.Sinh((float)strength * column[i]);
    }

    internal static void ZeroInflated(Span<float> column, double threshold)
    {
        for (int i = 0; i < column.Length; i++)
            column[i] = MathF.Exp(Math.Max(column[i] - (float)threshold, 0)) - 1;
    }

    /// <summary>Ranks become quantiles of a uniform, an exponential or a two-peaked distribution.</summary>
    internal static void ByRank(Rng rng, float[] column)
    {
        int[] order = new int[column.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        float[] sorted = [.. column];
        Array.Sort(sorted, order);
        int kind = rng.NextInt(3);
        double gap = rng.NextUniform(0.5, 3), share = rng.NextUniform(0.2, 0.8);
        for (int i = 0, first = 0; i < order.Length; i++)
        {
            if (sorted[i] != sorted[first]) first = i;   // equal values stay equal
            double p = (first + 0.5) / order.Length;
            column[order[i]] = (float)(kind switch
            {
                0 => p,
                1 => -Math.Log(1 - p),
                _ => p + (p > share ? gap : 0),
            });
        }
    }
}
