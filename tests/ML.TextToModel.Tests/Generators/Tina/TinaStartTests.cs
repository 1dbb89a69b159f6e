using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class TinaStartTests
{
    [Fact]
    public void Almost_without_a_penalty_known_classes_get_the_rows_of_the_generic_model()
    {
        (CnnSpec spec, float[] parameters, float[] conditions) = Generic();
        TinaNetwork network = Start(penalty: 1e-6);
        Tensor own = Tensor.From(conditions, [1, 4, 5]);
        TokenValues clean = network.Forward(network.Noise(1, 4, new Rng(1)), [0], own);
        Closeness.AssertClose(parameters, network.Vectors(clean, own).ToArray(), 1e-4);
        Assert.Equal(spec, network.SpecOf(4));
    }

    [Fact]
    public void With_a_large_penalty_every_class_gets_the_mean_row()
    {
        (CnnSpec spec, float[] parameters, float[] conditions) = Generic();
        TinaNetwork network = Start(penalty: 1e6);
        Tensor own = Tensor.From(conditions, [1, 4, 5]);
        float[] vector = network.Vectors(network.Forward(network.Noise(1, 4, new Rng(1)), [0], own), own).ToArray();
        float mean = spec.Layout["head.bias"].Of(parameters.AsSpan()).ToArray().Average();
        Assert.All(spec.Layout["head.bias"].Of(vector.AsSpan()).ToArray(), bias => Assert.Equal(mean, bias, 1e-4));
    }

    [Fact]
    public void From_p_models_it_starts_at_their_mean_in_units_of_the_tensor_that_differs_most()
    {
        CnnSpec spec = SmallTina.Spec();
        float[][] pModels = [.. Enumerable.Range(0, 6).Select(i => spec.Initialize(new Rng((ulong)i)))];
        TinaNetwork network =
            TinaStart.FromMean(SmallTina.Options(TokenLayout.Chunked), spec, pModels, new Rng(1));
        float[] mean = [.. Enumerable.Range(0, spec.Layout.Count).Select(i => pModels.Average(p => p[i]))];
        Tensor conditions = Tensor.Normal([1, spec.Classes, 5], new Rng(2));
        TokenValues clean = network.Forward(network.Noise(1, spec.Classes, new Rng(3)), [0], conditions);
        Closeness.AssertClose(mean, network.Vectors(clean, conditions).ToArray(), 1e-6);
        double[] squares = [.. spec.Layout.Slots.Select(slot => Enumerable.Range(slot.Offset, slot.Count)
            .Average(i => pModels.Average(p => Math.Pow(p[i] - mean[i], 2))))];
        Assert.All(network.Scale, unit => Assert.Equal(Math.Sqrt(squares.Max()), unit, 1e-6));
    }

    [Fact]
    public void The_ridge_regression_is_that_of_the_normal_equations()
    {
        const int rows = 9, p = 3, q = 2;
        const double penalty = 0.7;
        float[] x = new float[rows * p], y = new float[rows * q];
        new Rng(1).FillNormal(x);
        new Rng(2).FillNormal(y);
        int[] known = [0, 2, 3, 5, 7, 8];
        (float[] weight, float[] bias) = TinaStart.Ridge(x, y, rows, known, penalty);
        // (Xᵀ X + λ I) w = Xᵀ y of centred values.
        double[] meanX = [.. Enumerable.Range(0, p).Select(k => known.Average(r => (double)x[r * p + k]))];
        for (int o = 0; o < q; o++)
        {
            double meanY = known.Average(r => (double)y[r * q + o]);
            for (int k = 0; k < p; k++)
            {
                double left = penalty * weight[o * p + k], right = 0;
                foreach (int r in known)
                {
                    double xk = x[r * p + k] - meanX[k];
                    right += xk * (y[r * q + o] - meanY);
                    for (int l = 0; l < p; l++) left += xk * (x[r * p + l] - meanX[l]) * weight[o * p + l];
                }
                Assert.Equal(right, left, 1e-4);
            }
            Assert.Equal(meanY, bias[o] + Enumerable.Range(0, p).Sum(k => meanX[k] * weight[o * p + k]), 1e-4);
        }
    }

    [Theory, InlineData(0.05), InlineData(3.0)]
    public void The_penalty_is_that_of_the_least_error_of_rows_left_out(double noise)
    {
        const int rows = 12, p = 6;
        float[] x = new float[rows * p], y = new float[rows], change = new float[rows];
        new Rng(1).FillNormal(x);
        new Rng(2).FillNormal(change);
        for (int i = 0; i < rows; i++) y[i] = x[i * p] + (float)noise * change[i];
        int[] all = [.. Enumerable.Range(0, rows)];
        // The mean is that of all rows here, as it is where the error is computed at one blow.
        float[] meanX = [.. Enumerable.Range(0, p).Select(k => all.Average(row => x[row * p + k]))];
        for (int i = 0; i < x.Length; i++) x[i] -= meanX[i % p];
        float meanY = y.Average();
        for (int i = 0; i < rows; i++) y[i] -= meanY;
        double best = TinaStart.BestPenalty(x, y, rows, all);
        Assert.Equal(best, new[] { 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30 }.MinBy(penalty => all.Sum(left =>
        {
            // Adding the row left out with weight 0 keeps the means at zero: solve the normal equations without it.
            int[] known = [.. all.Where(row => row != left)];
            double[,] a = new double[p, p + 1];
            for (int k = 0; k < p; k++)
            {
                for (int l = 0; l < p; l++)
                    a[k, l] = known.Sum(r => (double)x[r * p + k] * x[r * p + l]) + (k == l ? penalty : 0);
                a[k, p] = known.Sum(r => (double)x[r * p + k] * y[r]);
            }
            double[] w = Solve(a);
            return Math.Pow(y[left] - Enumerable.Range(0, p).Sum(k => w[k] * x[left * p + k]), 2);
        })));
    }

    /// <summary>Gauss-Jordan without pivoting, which suffices for positive definite matrices.</summary>
    private static double[] Solve(double[,] a)
    {
        int n = a.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            for (int j = n; j >= i; j--) a[i, j] /= a[i, i];
            for (int r = 0; r < n; r++)
            {
                double factor = a[r, i];
                for (int j = i; r != i && j <= n; j++) a[r, j] -= factor * a[i, j];
            }
        }
        return [.. Enumerable.Range(0, n).Select(i => a[i, n])];
    }

    private static TinaNetwork Start(double penalty)
    {
        (CnnSpec spec, float[] parameters, float[] conditions) = Generic();
        return TinaStart.FromRidge(
            SmallTina.Options(TokenLayout.ClassRow), spec, parameters, conditions, [0, 1, 2, 3], 0.1f, new Rng(1),
            penalty);
    }

    private static (CnnSpec Spec, float[] Parameters, float[] Conditions) Generic()
    {
        CnnSpec spec = SmallTina.Spec();
        float[] conditions = new float[4 * 5];
        new Rng(4).FillNormal(conditions);
        return (spec, spec.Initialize(new Rng(3)), conditions);
    }
}
