using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Step functions: sums of weighted indicators, each of one threshold (an additive function with jumps) or of a box
/// bounded in a few columns.
/// </summary>
internal sealed class StepComponent : ITableComponent
{
    private const double Boxes = 0.4;
    private const int MostSides = 3;

    /// <inheritdoc/>
    public string Name => "step";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        float[][] inputs = FunctionInputs.Draw(rng, draft);
        int sides = Math.Min(rng.Chance(Boxes) ? rng.NextInt(2, MostSides + 1) : 1, inputs.Length);
        int[] columns = rng.Choose(rng.LogUniformInt(sides, inputs.Length), inputs.Length);
        int steps = columns.Length + rng.NextInt(1, 8);
        float[] inside = new float[draft.Rows];
        foreach (float[] score in draft.Scores)
        {
            for (int s = 0; s < steps; s++)
            {
                inside.AsSpan().Fill(1);
                int first = rng.NextInt(columns.Length);
                for (int k = 0; k < sides; k++) Cut(rng, inputs[columns[(first + k) % columns.Length]], inside);
                ColumnMath.AddScaled(score, inside, (float)rng.NextNormal());
            }
        }
    }

    /// <summary>Leaves 1 where the column lies on a random side of the value of a random row.</summary>
    private static void Cut(Rng rng, float[] column, float[] inside)
    {
        float threshold = column[rng.NextInt(column.Length)];
        bool above = rng.Chance(0.5);
        for (int i = 0; i < inside.Length; i++)
        {
            if (column[i] >= threshold != above) inside[i] = 0;
        }
    }
}
