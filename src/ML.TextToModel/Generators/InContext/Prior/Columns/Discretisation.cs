using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Turns some columns into categories and rounds others to whole steps.</summary>
internal static class Discretisation
{
    private const double NoCategories = 0.45, AllCategories = 0.1;   // of all tables; the rest has a random share
    private const double NoRounding = 0.5;
    private const double MeanExtraCategories = 2.5;                  // beyond two
    private const double CodesKeepOrder = 0.15;

    /// <summary>Discretises a random share of the columns that have no categories yet.</summary>
    public static void Apply(Rng rng, TableDraft draft)
    {
        double chance = rng.NextDouble();
        double categorical =
            chance < NoCategories ? 0 : chance < NoCategories + AllCategories ? 1 : rng.NextDouble();
        double rounded = rng.Chance(NoRounding) ? 0 : rng.NextDouble();
        for (int j = 0; j < draft.Columns.Length; j++)
        {
            if (draft.Categories[j] > 0) continue;
            float[] column = draft.Columns[j];
            if (rng.Chance(categorical))
                draft.Categories[j] = Categorise(rng, column, CategoryCount(rng, draft.Options.MaxCategories));
            else if (rng.Chance(rounded))
                Round(column, rng.LogUniform(0.5, 15));
        }
    }

    /// <summary>A number of categories, favouring few.</summary>
    public static int CategoryCount(Rng rng, int max) =>
        Math.Min(max, 2 + (int)rng.Exponential(MeanExtraCategories));

    /// <summary>
    /// Cuts the column at the values of random rows into at most <paramref name="count"/> codes, ordered as the values
    /// are. Returns how many there are, or 0 for a column left as it was since it holds a single value.
    /// </summary>
    public static int Categorise(Rng rng, float[] column, int count)
    {
        float[] cuts = new float[count - 1];
        for (int c = 0; c < cuts.Length; c++) cuts[c] = column[rng.NextInt(column.Length)];
        int[] codes = new int[column.Length];
        foreach (float cut in cuts)
        {
            for (int i = 0; i < codes.Length; i++) codes[i] += column[i] > cut ? 1 : 0;
        }
        int used = Compact(codes, count);
        if (used < 2) used = AboveLeast(column, codes);
        if (used < 2) return 0;
        for (int i = 0; i < codes.Length; i++) column[i] = codes[i];
        return used;
    }

    /// <summary>Puts the codes of categories into random order: they are names, not numbers.</summary>
    public static void ShuffleCodes(Rng rng, TableDraft draft)
    {
        if (rng.Chance(CodesKeepOrder)) return;
        for (int j = 0; j < draft.Columns.Length; j++)
        {
            if (draft.Categories[j] == 0) continue;
            int[] names = rng.Permutation(draft.Categories[j]);
            float[] column = draft.Columns[j];
            for (int i = 0; i < column.Length; i++) column[i] = names[(int)column[i]];
        }
    }

    /// <summary>
    /// Renumbers codes below <paramref name="count"/> so that none is unused, and returns how many are left.
    /// </summary>
    public static int Compact(Span<int> codes, int count)
    {
        Span<int> names = stackalloc int[count];
        names.Fill(-1);
        foreach (int code in codes) names[code] = 0;
        int used = 0;
        foreach (ref int name in names)
        {
            if (name == 0) name = used++;
        }
        foreach (ref int code in codes) code = names[code];
        return used;
    }

    /// <summary>Whole steps, <paramref name="steps"/> of them to a deviation.</summary>
    private static void Round(float[] column, double steps)
    {
        (_, float deviation) = ColumnMath.Moments(column);
        if (deviation == 0) return;
        ColumnMath.Scale(column, (float)steps / deviation);
        for (int i = 0; i < column.Length; i++) column[i] = MathF.Round(column[i]);
    }

    private static int AboveLeast(float[] column, int[] codes)
    {
        float least = column[0];
        foreach (float value in column) least = Math.Min(least, value);
        for (int i = 0; i < codes.Length; i++) codes[i] = column[i] > least ? 1 : 0;
        return Compact(codes, 2);
    }
}
