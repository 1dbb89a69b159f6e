using System.Runtime.Intrinsics;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Layers of a random network, drawn and evaluated at once. Inputs of the activations are standardised, so that no
/// depth or weight lets units die or explode; a gain decides how nonlinear they are.
/// </summary>
internal sealed class RandomNetwork
{
    private const double MixedActivations = 0.25, Blockwise = 0.25, PerUnitNoise = 0.5;
    private const int MostBlocks = 4;

    private static readonly Func<Vector256<float>, Vector256<float>>[] s_activations =
    [
        x => Vector256<float>.One - Vector256.Create(2f) / (Vector256.Exp(2 * x) + Vector256<float>.One),   // tanh
        x => x,
        x => Vector256.Max(x, Vector256<float>.Zero),
        x => Vector256.Max(x, 0.1f * x),
        Vector256.Sin,
        Vector256.Abs,
        x => x * x,
        x => Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256<float>.One,   // step
    ];

    private static readonly double[] s_activationShares = [0.3, 0.15, 0.25, 0.1, 0.05, 0.05, 0.05, 0.05];

    private readonly int _activation, _blocks;
    private readonly bool _mixed, _perUnitNoise;
    private readonly double _gain, _bias, _dropped, _noise;

    /// <summary>Draws what all layers have in common.</summary>
    public RandomNetwork(Rng rng)
    {
        _mixed = rng.Chance(MixedActivations);
        _activation = rng.Pick(s_activationShares);
        _gain = rng.LogUniform(0.5, 2.5);
        _bias = rng.NextUniform(0, 1);
        _dropped = 0.9 * rng.NextDouble();
        _blocks = rng.Chance(Blockwise) ? rng.NextInt(2, MostBlocks + 1) : 1;
        _noise = rng.LogUniform(1e-3, 0.2);
        _perUnitNoise = rng.Chance(PerUnitNoise);
    }

    /// <summary>The next units, (width, rows): activation of a sparse mixture, plus noise.</summary>
    public float[][] Layer(Rng rng, float[][] inputs, int width)
    {
        float[][] units = TableDraft.NewColumns(width, inputs[0].Length);
        Mix(rng, inputs, units);
        foreach (float[] unit in units)
        {
            ColumnMath.Scale(unit, (float)_gain, (float)(_bias * rng.NextNormal()));
            ColumnMath.Map(unit, s_activations[_mixed ? rng.Pick(s_activationShares) : _activation]);
            ColumnMath.Standardise(unit);
            NormalTable.Add(rng, unit, (float)(_noise * (_perUnitNoise ? Math.Abs(rng.NextNormal()) : 1)));
        }
        return units;
    }

    /// <summary>Sparse random mixtures of the inputs, standardised, into <paramref name="outputs"/>.</summary>
    public void Mix(Rng rng, float[][] inputs, float[][] outputs)
    {
        for (int o = 0; o < outputs.Length; o++)
        {
            int sure = rng.NextInt(inputs.Length);   // one weight is never dropped
            for (int i = 0; i < inputs.Length; i++)
            {
                if (i != sure && (i % _blocks != o % _blocks || rng.Chance(_dropped))) continue;
                ColumnMath.AddScaled(outputs[o], inputs[i], (float)rng.NextNormal());
            }
            ColumnMath.Standardise(outputs[o]);
        }
    }
}
