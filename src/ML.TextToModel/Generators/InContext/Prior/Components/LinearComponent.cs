using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Logistic models: linear scores with sparse weights, and Gumbel noise that makes the largest a draw of their softmax.
/// </summary>
internal sealed class LinearComponent : ITableComponent
{
    private const double LeastTemperature = 0.01, MostTemperature = 0.4;   // of a score's deviation
    private const double EqualWeights = 0.15, Dense = 0.3;

    /// <inheritdoc/>
    public string Name => "linear";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        float[][] inputs = FunctionInputs.Draw(rng, draft);
        int used = rng.Chance(Dense) ? inputs.Length : rng.LogUniformInt(1, inputs.Length);
        int[] columns = rng.Choose(used, inputs.Length);
        bool equal = rng.Chance(EqualWeights);
        double temperature = rng.LogUniform(LeastTemperature, MostTemperature);
        foreach (float[] score in draft.Scores)
        {
            foreach (int j in columns)
            {
                double weight = rng.NextNormal();
                ColumnMath.AddScaled(score, inputs[j], (float)(equal ? Math.Sign(weight) : weight));
            }
            ColumnMath.Standardise(score);
            for (int i = 0; i < score.Length; i++)
                score[i] -= (float)(temperature * Math.Log(rng.Exponential(1) + 1e-12));
        }
    }
}
