using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Random decision trees and small forests, cut parallel to the axes at values of the rows that reach a node; leaves
/// hold one normal number for each score.
/// </summary>
internal sealed class TreeComponent : ITableComponent
{
    private const double SingleTree = 0.6;
    private const int MostTrees = 10, MostDepth = 6;
    private const double EarlyLeaf = 0.1;

    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        float[][] inputs = FunctionInputs.Draw(rng, draft);
        int[] columns = rng.Choose(rng.LogUniformInt(1, inputs.Length), inputs.Length);
        int trees = rng.Chance(SingleTree) ? 1 : rng.NextInt(2, MostTrees + 1);
        int depth = rng.NextInt(1, MostDepth + 1);
        if (draft.Scores.Length > 1 || draft.Classes > 2) depth = Math.Max(depth, 2);
        int[] rows = new int[draft.Rows];
        for (int i = 0; i < rows.Length; i++) rows[i] = i;
        for (int t = 0; t < trees; t++) Grow(rng, inputs, columns, rows, depth, draft.Scores);
    }

    private static void Grow(Rng rng, float[][] inputs, int[] columns, Span<int> rows, int depth, float[][] scores)
    {
        if (rows.IsEmpty) return;
        bool isRoot = rows.Length == scores[0].Length;
        if (depth == 0 || (!isRoot && rng.Chance(EarlyLeaf)))
        {
            foreach (float[] score in scores)
            {
                float value = (float)rng.NextNormal();
                foreach (int row in rows) score[row] += value;
            }
            return;
        }
        float[] column = inputs[columns[rng.NextInt(columns.Length)]];
        float threshold = column[rows[rng.NextInt(rows.Length)]];
        int below = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (column[rows[i]] >= threshold) continue;
            (rows[i], rows[below]) = (rows[below], rows[i]);
            below++;
        }
        Grow(rng, inputs, columns, rows[..below], depth - 1, scores);
        Grow(rng, inputs, columns, rows[below..], depth - 1, scores);
    }
}
