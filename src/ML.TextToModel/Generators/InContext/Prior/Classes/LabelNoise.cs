using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Wrong labels: in some tables a small share of the rows takes the label of another row.</summary>
internal static class LabelNoise
{
    private const double Share = 0.4;                         // of all tables
    private const double LeastRows = 0.002, MostRows = 0.1;   // of the rows of such a table

    /// <summary>Changes labels of some tables.</summary>
    public static void Apply(Rng rng, int[] labels)
    {
        if (!rng.Chance(Share)) return;
        double rows = rng.LogUniform(LeastRows, MostRows);
        for (int i = 0; i < labels.Length; i++)
        {
            if (rng.Chance(rows)) labels[i] = labels[rng.NextInt(labels.Length)];
        }
    }
}
