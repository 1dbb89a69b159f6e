using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// What the functions of a table are evaluated on. Half of the time a function sees the columns as the reader of the
/// table does, skewed and binned; else what stands behind them, and that is distorted afterwards.
/// </summary>
internal static class FunctionInputs
{
    private const float Bound = 3;

    /// <summary>Draws the draft's columns and returns (features, rows) of mean about 0 and deviation about 1.</summary>
    public static float[][] Draw(Rng rng, TableDraft draft)
    {
        CorrelatedFeatures.Fill(rng, draft.Columns);
        if (rng.Chance(0.5)) return draft.Columns;
        ColumnShapes.Apply(rng, draft);
        float[][] inputs = new float[draft.Columns.Length][];
        for (int j = 0; j < inputs.Length; j++)
        {
            inputs[j] = [.. draft.Columns[j]];
            ColumnMath.Standardise(inputs[j]);
            ColumnMath.Clip(inputs[j], Bound);
        }
        return inputs;
    }
}
