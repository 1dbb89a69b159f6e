using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Rows times the inverse of the covariance within classes. Class means of such rows are the weights of linear
/// discriminant analysis, so a generator that mixes rows has that classifier at hand from its first step.
/// </summary>
/// <remarks>
/// The covariance is shrunk towards a multiple of the identity, the more the fewer rows there are for a feature
/// (regularised discriminant analysis, Friedman 1989, equation 18).
/// </remarks>
internal static class ClassWhitening
{
    private const double Floor = 0.01;   // of a feature's variance of 1: what noise a column has at least

    /// <summary>
    /// Σ⁻¹ x for each row, (rows, columns), divided by their root mean square over all of them.
    /// </summary>
    /// <returns>The whitened rows and what they were divided by.</returns>
    public static (float[] Rows, float Scale) Of(ContextTable table)
    {
        int n = table.Rows, f = table.Columns;
        float[] inverse = [.. SymmetricMatrix.Invert(ShrunkCovariance(table), f).Select(value => (float)value)];
        float[] whitened = new float[n * f];
        Multiply(table.Features, f, 1, inverse, whitened, n, f, f);
        double squares = 0;
        foreach (float value in whitened) squares += (double)value * value;
        float scale = (float)Math.Sqrt(squares / whitened.Length);
        if (!(scale > 0)) scale = 1;   // a table without a varying feature
        for (int i = 0; i < whitened.Length; i++) whitened[i] /= scale;
        return (whitened, scale);
    }

    private static double[] ShrunkCovariance(ContextTable table)
    {
        int n = table.Rows, f = table.Columns;
        float[] centred = (float[])table.Features.Clone();
        float[] means = new float[table.Classes * f];
        int[] counts = new int[table.Classes];
        for (int row = 0; row < n; row++)
        {
            int c = table.Labels[row];
            counts[c]++;
            for (int j = 0; j < f; j++) means[c * f + j] += centred[row * f + j];
        }
        for (int row = 0; row < n; row++)
        {
            int c = table.Labels[row];
            for (int j = 0; j < f; j++) centred[row * f + j] -= means[c * f + j] / counts[c];
        }
        float[] covariance = new float[f * f];
        Multiply(centred, 1, f, centred, covariance, f, f, n);

        double shrinkage = f / (double)(n + f), trace = 0;
        for (int j = 0; j < f; j++) trace += covariance[j * f + j] / n;
        double[] shrunk = new double[f * f];
        for (int i = 0; i < shrunk.Length; i++) shrunk[i] = (1 - shrinkage) * covariance[i] / n;
        for (int j = 0; j < f; j++) shrunk[j * f + j] += shrinkage * trace / f + Floor;
        return shrunk;
    }

    /// <summary>C (m, n) = A (m, k) · B (k, n) on this thread; A with any strides, B and C row after row.</summary>
    private static unsafe void Multiply(
        float[] a, int aRow, int aColumn, float[] b, float[] c, int m, int n, int k)
    {
        MatrixProductShape shape = new(1, m, n, k)
        {
            ARow = aRow, AColumn = aColumn, BRow = n, BColumn = 1, CRow = n,
        };
        fixed (float* pa = a, pb = b, pc = c) MatrixProduct.RunHere(shape, pa, pb, pc, KernelSet.Current);
    }
}
