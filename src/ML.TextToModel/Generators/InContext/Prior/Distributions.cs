using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Distributions from which the hyperparameters of a table are drawn.</summary>
internal static class Distributions
{
    /// <summary>True with the given probability.</summary>
    public static bool Chance(this Rng rng, double probability) => rng.NextDouble() < probability;

    /// <summary>A number whose logarithm is uniform; both ends are above 0.</summary>
    public static double LogUniform(this Rng rng, double min, double max) =>
        Math.Exp(rng.NextUniform(Math.Log(min), Math.Log(max)));

    /// <summary>A whole number from a minimum of at least 1 to <paramref name="max"/>, favouring few.</summary>
    public static int LogUniformInt(this Rng rng, int min, int max) =>
        Math.Min(max, (int)rng.LogUniform(min, max + 1));

    /// <summary>A draw of the exponential distribution.</summary>
    public static double Exponential(this Rng rng, double mean) => -mean * Math.Log(1 - rng.NextDouble());

    /// <summary><paramref name="count"/> different numbers below <paramref name="total"/>, in random order.</summary>
    public static int[] Choose(this Rng rng, int count, int total) => rng.Permutation(total)[..count];

    /// <summary>Positive shares that sum to 1; log-normal with this deviation, so that 0 makes them equal.</summary>
    public static double[] Shares(this Rng rng, int count, double deviation)
    {
        double[] shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) sum += shares[i] = Math.Exp(deviation * rng.NextNormal());
        for (int i = 0; i < count; i++) shares[i] /= sum;
        return shares;
    }

    /// <summary>An index, drawn with these probabilities.</summary>
    public static int Pick(this Rng rng, ReadOnlySpan<double> shares)
    {
        double left = rng.NextDouble();
        for (int i = 0; i < shares.Length - 1; i++)
        {
            if ((left -= shares[i]) < 0) return i;
        }
        return shares.Length - 1;
    }
}
