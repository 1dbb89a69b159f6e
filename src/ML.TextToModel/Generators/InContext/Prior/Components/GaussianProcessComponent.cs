using System.Runtime.Intrinsics;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Smooth functions: Gaussian processes as sums of random Fourier features (Rahimi and Recht 2007), whose cost is
/// linear in the rows. The kernel is Gaussian or a rougher one, of all columns or additive over small groups of them,
/// with one length scale per column, and sometimes of two scales at once.
/// </summary>
internal sealed class GaussianProcessComponent : ITableComponent
{
    private const int Frequencies = 96;
    private const double Additive = 0.4, Rough = 0.3, TwoScales = 0.3, PerColumn = 0.6;
    private const double ShortestScale = 0.5, LongestScale = 5;   // in units of the distance of two rows

    /// <inheritdoc/>
    public string Name => "gaussian-process";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        float[][] inputs = FunctionInputs.Draw(rng, draft);
        double[] relevance = new double[inputs.Length];
        double spread = rng.Chance(PerColumn) ? rng.NextUniform(0.5, 2) : 0;
        for (int j = 0; j < relevance.Length; j++) relevance[j] = Math.Exp(spread * rng.NextNormal());

        int group = rng.Chance(Additive) ? Math.Min(rng.NextInt(1, 4), inputs.Length) : inputs.Length;
        bool rough = rng.Chance(Rough);
        double scale = rng.LogUniform(ShortestScale, LongestScale);
        double otherScale = rng.Chance(TwoScales) ? rng.LogUniform(ShortestScale, LongestScale) : scale;
        float[] wave = new float[draft.Rows];
        for (int m = 0; m < Frequencies; m++)
        {
            double rate = 1 / (m % 2 == 0 ? scale : otherScale);
            if (rough) rate /= Math.Sqrt(rng.Exponential(1) + 0.05);   // Student's t: a Matérn-like kernel
            Wave(rng, inputs, relevance, m * group, group, rate, wave);
            foreach (float[] score in draft.Scores) ColumnMath.AddScaled(score, wave, (float)rng.NextNormal());
        }
    }

    /// <summary>cos(frequency · x + phase), x being some columns from the first on, cyclically.</summary>
    private static void Wave(
        Rng rng, float[][] inputs, double[] relevance, int first, int group, double rate, float[] wave)
    {
        double norm = 0;
        for (int g = 0; g < group; g++) norm += Square(relevance[(first + g) % inputs.Length]);
        wave.AsSpan().Fill((float)rng.NextUniform(0, 2 * Math.PI));
        for (int g = 0; g < group; g++)
        {
            int j = (first + g) % inputs.Length;
            double frequency = rate * rng.NextNormal() * relevance[j] / Math.Sqrt(norm);
            ColumnMath.AddScaled(wave, inputs[j], (float)frequency);
        }
        ColumnMath.Map(wave, Vector256.Cos);
    }

    private static double Square(double x) => x * x;
}
