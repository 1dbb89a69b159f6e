using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Makes some columns useless: shuffles their rows, which leaves their distributions as they were.</summary>
internal static class UninformativeColumns
{
    private const double Share = 0.35;             // of all tables
    private const double MostOfColumns = 0.4;

    /// <summary>Shuffles up to two fifths of the columns of some tables.</summary>
    public static void Apply(Rng rng, float[][] columns)
    {
        if (!rng.Chance(Share)) return;
        int count = rng.NextInt((int)(MostOfColumns * columns.Length) + 1);
        foreach (int j in rng.Choose(count, columns.Length)) rng.Shuffle(columns[j].AsSpan());
    }
}
