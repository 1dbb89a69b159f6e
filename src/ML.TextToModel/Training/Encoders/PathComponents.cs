using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Places of synsets in few dimensions whose products are as near as can be to the cosines of their paths: the
/// principal components of the matrix of paths, by randomised subspace iteration (Halko, Martinsson and Tropp 2011,
/// algorithm 4.4).
/// </summary>
internal static class PathComponents
{
    private const int Iterations = 4;

    /// <summary>The places (synsets, length).</summary>
    public static float[] Of(WordNetPaths paths, int length, Rng rng)
    {
        float[] basis = new float[paths.Count * length];
        rng.FillNormal(basis);
        for (int i = 0; i < Iterations; i++)
        {
            basis = Transposed(paths, Product(paths, basis, length), length);
            Orthonormalise(basis, length);
        }
        return Product(paths, basis, length);
    }

    /// <summary>P B, where row s of P is the path of synset s at length 1.</summary>
    private static float[] Product(WordNetPaths paths, float[] b, int length)
    {
        float[] product = new float[b.Length];
        for (int s = 0; s < paths.Count; s++)
            foreach (int above in paths.Above(s))
                Add(b.AsSpan(above * length, length), Weight(paths, s), product.AsSpan(s * length, length));
        return product;
    }

    /// <summary>Pᵀ B.</summary>
    private static float[] Transposed(WordNetPaths paths, float[] b, int length)
    {
        float[] product = new float[b.Length];
        for (int s = 0; s < paths.Count; s++)
            foreach (int above in paths.Above(s))
                Add(b.AsSpan(s * length, length), Weight(paths, s), product.AsSpan(above * length, length));
        return product;
    }

    /// <summary>
    /// Makes the columns orthonormal, B ← B L⁻ᵀ with the Cholesky factor L of Bᵀ B; one that depends on those before it
    /// becomes zero.
    /// </summary>
    private static void Orthonormalise(float[] b, int length)
    {
        double[] factor = new double[length * length];
        for (int row = 0; row < b.Length; row += length)
            for (int i = 0; i < length; i++)
                for (int j = 0; j <= i; j++) factor[i * length + j] += (double)b[row + i] * b[row + j];
        const double least = 1e-12;
        for (int j = 0; j < length; j++)
        {
            double whole = factor[j * length + j];
            for (int i = j; i < length; i++)
            {
                double sum = factor[i * length + j];
                for (int k = 0; k < j; k++) sum -= factor[i * length + k] * factor[j * length + k];
                if (i == j) factor[i * length + j] = sum > least * whole ? Math.Sqrt(sum) : double.PositiveInfinity;
                else factor[i * length + j] = sum / factor[j * length + j];
            }
        }
        for (int row = 0; row < b.Length; row += length)
        {
            for (int i = 0; i < length; i++)
            {
                double sum = b[row + i];
                for (int j = 0; j < i; j++) sum -= factor[i * length + j] * b[row + j];
                b[row + i] = (float)(sum / factor[i * length + i]);
            }
        }
    }

    private static float Weight(WordNetPaths paths, int synset) => 1 / MathF.Sqrt(paths.Above(synset).Length);

    private static void Add(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += weight * values[i];
    }
}
