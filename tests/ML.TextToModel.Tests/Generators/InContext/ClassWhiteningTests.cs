using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.InContext.Tests;

public sealed class ClassWhiteningTests
{
    [Theory, InlineData(1, 9), InlineData(6, 40), InlineData(12, 8)]
    public void Whitened_rows_times_the_covariance_are_the_rows(int columns, int rows)
    {
        ContextTable table = Tables.Random(rows, columns, classes: 3, seed: 5);
        (float[] whitened, float scale) = ClassWhitening.Of(table);
        double[,] covariance = Shrunk(table);
        float[] back = new float[rows * columns];
        for (int row = 0; row < rows; row++)
            for (int j = 0; j < columns; j++)
                for (int k = 0; k < columns; k++)
                    back[row * columns + j] += (float)(covariance[j, k] * whitened[row * columns + k] * scale);
        Closeness.AssertClose(table.Features, back, 1e-3);
        Assert.Equal(1, Math.Sqrt(whitened.Average(v => (double)v * v)), 1e-4);
    }

    [Fact]
    public void A_table_without_features_has_none()
    {
        (float[] whitened, float scale) = ClassWhitening.Of(new ContextTable([], 0, [0, 1], 2));
        Assert.Empty(whitened);
        Assert.Equal(1, scale);
    }

    /// <summary>The covariance within classes as its docs define it, in double precision.</summary>
    private static double[,] Shrunk(ContextTable table)
    {
        int n = table.Rows, f = table.Columns;
        double[,] covariance = new double[f, f];
        for (int c = 0; c < table.Classes; c++)
        {
            int[] own = [.. Enumerable.Range(0, n).Where(row => table.Labels[row] == c)];
            double[] mean = [.. Enumerable.Range(0, f).Select(j => own.Average(row => table.Features[row * f + j]))];
            foreach (int row in own)
                for (int j = 0; j < f; j++)
                    for (int k = 0; k < f; k++)
                        covariance[j, k] += (table.Features[row * f + j] - mean[j])
                            * (table.Features[row * f + k] - mean[k]) / n;
        }
        double trace = Enumerable.Range(0, f).Sum(j => covariance[j, j]), shrinkage = f / (double)(n + f);
        for (int j = 0; j < f; j++)
            for (int k = 0; k < f; k++)
                covariance[j, k] = (1 - shrinkage) * covariance[j, k] + (j == k ? shrinkage * trace / f + 0.01 : 0);
        return covariance;
    }
}
