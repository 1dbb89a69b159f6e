using System.Numerics;
using System.Runtime.InteropServices;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>Solves (RᵀR + α I) w = m for n rows R of d numbers, in the smaller of n and d dimensions.</summary>
internal static class PenalisedGram
{
    /// <summary>The w of each m.</summary>
    /// <param name="rows">R, row after row.</param>
    /// <param name="length">d.</param>
    /// <param name="penalty">α of the trace of RᵀR: times that trace over d.</param>
    /// <param name="targets">The vectors m, of d numbers each.</param>
    public static double[][] Solve(float[] rows, int length, double penalty, double[][] targets)
    {
        int n = rows.Length / length;
        double trace = 0;
        foreach (float value in rows) trace += (double)value * value;
        double alpha = penalty * trace / length;
        if (n >= length)
        {
            double[] gram = Gram(rows, n, length, ofColumns: true);
            return Solve(gram, length, alpha, targets);
        }
        // (RᵀR + α I)⁻¹ m = (m - Rᵀ (R Rᵀ + α I)⁻¹ R m) / α (Woodbury).
        double[][] projected = [.. targets.Select(m => Times(rows, length, m))];
        double[][] solved = Solve(Gram(rows, n, length, ofColumns: false), n, alpha, projected);
        return [.. targets.Select((m, t) =>
        {
            double[] w = [.. m];
            for (int i = 0; i < n; i++)
                for (int k = 0; k < length; k++) w[k] -= rows[i * length + k] * solved[t][i];
            return Array.ConvertAll(w, value => value / alpha);
        })];
    }

    private static double[] Times(float[] rows, int length, double[] m)
    {
        double[] products = new double[rows.Length / length];
        for (int i = 0; i < products.Length; i++)
            for (int k = 0; k < length; k++) products[i] += rows[i * length + k] * m[k];
        return products;
    }

    private static double[] Gram(float[] rows, int n, int length, bool ofColumns)
    {
        using Tensor.NoGradientScope _ = Tensor.NoGradient();
        using TensorScope scope = new();
        Tensor r = Tensor.From(rows, [n, length]), t = r.Transpose(0, 1);
        return Array.ConvertAll((ofColumns ? t.MatMul(r) : r.MatMul(t)).ToArray(), value => (double)value);
    }

    /// <summary>By the Cholesky factor of the matrix and α on its diagonal.</summary>
    private static double[][] Solve(double[] matrix, int n, double alpha, double[][] targets)
    {
        for (int j = 0; j < n; j++)
        {
            Span<double> row = matrix.AsSpan(j * n, n);
            row[j] += alpha;
            for (int i = 0; i < j; i++)
                row[i] = (row[i] - Dot(row[..i], matrix.AsSpan(i * n, i))) / matrix[i * n + i];
            row[j] = Math.Sqrt(row[j] - Dot(row[..j], row[..j]));
        }
        return [.. targets.Select(target =>
        {
            double[] x = [.. target];
            for (int i = 0; i < n; i++)
                x[i] = (x[i] - Dot(matrix.AsSpan(i * n, i), x.AsSpan(0, i))) / matrix[i * n + i];
            for (int i = n - 1; i >= 0; i--)
            {
                x[i] /= matrix[i * n + i];
                for (int k = 0; k < i; k++) x[k] -= matrix[i * n + k] * x[i];
            }
            return x;
        })];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++) sums += wideA[i] * wideB[i];
        double sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
