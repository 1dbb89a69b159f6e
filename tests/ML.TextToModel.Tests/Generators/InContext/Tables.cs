using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Tests;

/// <summary>Small labelled tables for tests.</summary>
internal static class Tables
{
    /// <summary>Rows around one centre per class; every class occurs.</summary>
    public static ContextTable Random(int rows, int columns, int classes, ulong seed)
    {
        Rng rng = new(seed);
        float[] centres = new float[classes * columns], features = new float[rows * columns];
        rng.FillNormal(centres);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = row < classes ? row : rng.NextInt(classes);
            for (int j = 0; j < columns; j++)
                features[row * columns + j] = centres[labels[row] * columns + j] + (float)rng.NextNormal();
        }
        return new ContextTable(features, columns, labels, classes);
    }
}
