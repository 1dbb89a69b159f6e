namespace ML.TextToModel.Tensors.Tests;

public sealed class SymmetricMatrixTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(30)]
    public void A_matrix_times_its_inverse_is_the_identity(int n)
    {
        Rng rng = new((ulong)n);
        double[] a = new double[n * n], b = [.. Enumerable.Range(0, n * n).Select(_ => rng.NextNormal())];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++) a[i * n + j] += b[i * n + k] * b[j * n + k] + (i == j ? 1.0 / n : 0);
        double[] inverse = SymmetricMatrix.Invert(a, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, n).Sum(k => a[i * n + k] * inverse[k * n + j]), 1e-9);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricMatrix.Invert([1, 2, 2, 1], 2));
        Assert.Throws<ArgumentException>(() => SymmetricMatrix.Invert([1, 2, 3], 2));
    }
}
