namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Least squares with a penalty on squared weights, by a Cholesky factor of the normal equations.</summary>
internal static class RidgeRegression
{
    private const double LastPenalty = 1e-8;   // the bias is hardly penalised

    /// <summary>The weights of each target.</summary>
    /// <param name="rows">Rows of features, the last of them 1.</param>
    /// <param name="targets">Of each target, one number per row.</param>
    /// <param name="penalty">What the sum of squared weights is multiplied with, the last weight's aside.</param>
    public static double[][] Solve(double[][] rows, double[][] targets, double penalty)
    {
        int size = rows[0].Length;
        double[][] factor = [.. Enumerable.Range(0, size).Select(_ => new double[size])];   // lower triangle
        foreach (double[] row in rows)
        {
            for (int i = 0; i < size; i++)
            {
                if (row[i] == 0) continue;
                for (int j = 0; j <= i; j++) factor[i][j] += row[i] * row[j];
            }
        }
        for (int i = 0; i < size; i++) factor[i][i] += i < size - 1 ? penalty : LastPenalty;
        Factorise(factor);
        return [.. targets.Select(target => Weights(factor, rows, target))];
    }

    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Factorise(double[][] a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) sum -= a[i][k] * a[j][k];
                a[i][j] = i == j ? Math.Sqrt(sum) : sum / a[j][j];
            }
        }
    }

    private static double[] Weights(double[][] factor, double[][] rows, double[] target)
    {
        int size = factor.Length;
        double[] x = new double[size];
        for (int row = 0; row < rows.Length; row++)
            for (int i = 0; i < size; i++) x[i] += rows[row][i] * target[row];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < i; k++) x[i] -= factor[i][k] * x[k];
            x[i] /= factor[i][i];
        }
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++) x[i] -= factor[k][i] * x[k];
            x[i] /= factor[i][i];
        }
        return x;
    }
}
