namespace ML.TextToModel.Tensors;

/// <summary>Small symmetric matrices in double precision.</summary>
public static class SymmetricMatrix
{
    /// <summary>
    /// The inverse of a symmetric positive definite matrix, by its Cholesky factor (Golub and Van Loan 2013, section
    /// 4.2).
    /// </summary>
    /// <param name="matrix">(n, n), row after row; only the lower half is read.</param>
    /// <param name="n">The number of rows.</param>
    /// <returns>The inverse, (n, n).</returns>
    /// <exception cref="ArgumentException">The matrix has another size, or is not positive definite.</exception>
    public static double[] Invert(ReadOnlySpan<double> matrix, int n)
    {
        if (matrix.Length != n * n)
            throw new ArgumentException($"{matrix.Length} numbers are not {n} × {n}.", nameof(matrix));
        // A = L Lᵀ, in the lower half.
        double[] factor = matrix.ToArray();
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = factor[i * n + j];
                for (int k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
                if (i == j && !(sum > 0))
                    throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                factor[i * n + j] = i == j ? Math.Sqrt(sum) : sum / factor[j * n + j];
            }
        }
        // Row c of L⁻ᵀ is column c of L⁻¹, found by forward substitution.
        double[] columns = new double[n * n];
        for (int c = 0; c < n; c++)
        {
            Span<double> column = columns.AsSpan(c * n, n);
            for (int i = c; i < n; i++)
            {
                double sum = i == c ? 1 : 0;
                for (int k = c; k < i; k++) sum -= factor[i * n + k] * column[k];
                column[i] = sum / factor[i * n + i];
            }
        }
        // A⁻¹ = L⁻ᵀ L⁻¹.
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                double sum = 0;
                for (int k = j; k < n; k++) sum += columns[i * n + k] * columns[j * n + k];
                inverse[i * n + j] = inverse[j * n + i] = sum;
            }
        }
        return inverse;
    }
}
