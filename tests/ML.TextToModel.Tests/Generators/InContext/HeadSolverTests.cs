using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.InContext.Tests;

public sealed class HeadSolverTests
{
    private const int Rows = 40, Units = 3, Classes = 2, Width = 8;

    private static readonly InContextOptions s_options = new()
    {
        Units = Units, CodeLength = 4, Width = Width, Layers = 1, Heads = 1, Hidden = 8,
    };

    [Fact]
    public void The_head_is_that_of_the_formulas_in_double_precision()
    {
        (ContextBatch batch, Tensor hidden, Tensor logits) = Problem(Rows);
        (Tensor weight, Tensor bias, Tensor features) = Fit(batch, hidden, logits);
        (double[,] expected, double[] expectedBias) = Reference(batch, hidden, logits);
        float[] weights = Tensor.Concat(2, weight, features).ToArray();
        Closeness.AssertClose([.. expected.Cast<double>().Select(v => (float)v)], weights, 1e-3);
        Closeness.AssertClose([.. expectedBias.Select(v => (float)v)], bias.ToArray(), 1e-3);
    }

    [Theory, InlineData(12), InlineData(300)]
    public void It_lowers_the_cross_entropy_of_the_table(int rows)
    {
        (ContextBatch batch, Tensor hidden, Tensor logits) = Problem(rows);
        (Tensor weight, Tensor bias, Tensor features) = Fit(batch, hidden, logits);
        int[] labels = batch.OneHot.ArgMax();
        Tensor fitted = logits + hidden.MatMul(weight.Transpose()) + batch.Features.MatMul(features.Transpose())
            + bias.Reshape(1, 1, Classes);
        Assert.True(fitted.CrossEntropy(labels).Item() < 0.9f * logits.CrossEntropy(labels).Item());
    }

    private static (Tensor Weight, Tensor Bias, Tensor Features) Fit(
        ContextBatch batch, Tensor hidden, Tensor logits)
    {
        HeadSolver solver = new(new ParameterBuilder(new ParameterSet(), new Rng(1)), Width);
        Tensor token = Tensor.Ones([1, 1, Width]);   // its adjustments start at none
        return solver.Solve(batch, hidden, batch.Features, logits, Tensor.Zeros([1, Classes, Units]), token);
    }

    /// <summary>Units of which the first tells the classes apart, and logits that do not.</summary>
    private static (ContextBatch Batch, Tensor Hidden, Tensor Logits) Problem(int rows)
    {
        Rng rng = new(3);
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % Classes)];
        ContextBatch batch = new(s_options, 1, rows, 1, Classes);
        float[] features = new float[rows];
        rng.FillNormal(features);
        batch.Set(0, new ContextTable(features, 1, labels, Classes), rng);
        Tensor hidden = Tensor.Normal([1, rows, Units], rng);
        for (int row = 0; row < rows; row++) hidden.AsSpan()[row * Units] += 2 * labels[row] + 5;
        return (batch, hidden, Tensor.Normal([1, rows, Classes], rng) * 0.3f);
    }

    private static (double[,] Weight, double[] Bias) Reference(ContextBatch batch, Tensor hidden, Tensor logits)
    {
        const int columns = Units + 1;
        double penalty = Math.Exp(-1.2 + 0.5 * Math.Log(Units / (double)Rows));
        float[] z = Tensor.Concat(2, hidden, batch.Features).ToArray();
        float[] own = logits.ToArray(), oneHot = batch.OneHot.ToArray();
        double[] mean = new double[columns], scale = new double[columns], bias = new double[Classes];
        double[,] x = new double[Rows, columns], a = new double[columns, columns], head = new double[Classes, columns];
        double[] penalties = [.. Enumerable.Repeat(penalty, Units), penalty * Math.Exp(1.5)];
        for (int h = 0; h < columns; h++)
        {
            mean[h] = Enumerable.Range(0, Rows).Average(row => z[row * columns + h]);
            scale[h] = 1 / Math.Sqrt(
                Enumerable.Range(0, Rows).Average(row => Math.Pow(z[row * columns + h] - mean[h], 2)) + 1e-3);
            for (int row = 0; row < Rows; row++) x[row, h] = (z[row * columns + h] - mean[h]) * scale[h];
        }
        for (int i = 0; i < columns; i++)
            for (int j = 0; j < columns; j++)
                a[i, j] = Enumerable.Range(0, Rows).Average(row => x[row, i] * x[row, j]) + (i == j ? penalties[i] : 0);
        for (int step = 0; step < 3; step++)
        {
            double[,] gradient = new double[Classes, columns];
            double[] meanError = new double[Classes];
            for (int row = 0; row < Rows; row++)
            {
                double[] e = new double[Classes];
                for (int c = 0; c < Classes; c++)
                    e[c] = Math.Exp(own[row * Classes + c] + bias[c]
                        + Enumerable.Range(0, columns).Sum(h => x[row, h] * head[c, h]));
                for (int c = 0; c < Classes; c++)
                {
                    double error = oneHot[row * Classes + c] - e[c] / e.Sum();
                    meanError[c] += error / Rows;
                    for (int h = 0; h < columns; h++) gradient[c, h] += error * x[row, h] / Rows;
                }
            }
            for (int c = 0; c < Classes; c++)
            {
                double[] right =
                    [.. Enumerable.Range(0, columns).Select(h => gradient[c, h] - penalties[h] * head[c, h])];
                double[] change = Solve(a, right);
                for (int h = 0; h < columns; h++) head[c, h] += 2 * change[h];
                bias[c] += 2 * meanError[c];
            }
        }
        for (int c = 0; c < Classes; c++)
        {
            for (int h = 0; h < columns; h++)
            {
                head[c, h] *= scale[h];
                bias[c] -= head[c, h] * mean[h];
            }
        }
        return (head, bias);
    }

    /// <summary>A⁻¹ b by elimination.</summary>
    private static double[] Solve(double[,] matrix, double[] b)
    {
        double[,] a = (double[,])matrix.Clone();
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            for (int row = i + 1; row < n; row++)
            {
                double factor = a[row, i] / a[i, i];
                for (int j = i; j < n; j++) a[row, j] -= factor * a[i, j];
                b[row] -= factor * b[i];
            }
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) b[i] -= a[i, j] * b[j];
            b[i] /= a[i, i];
        }
        return b;
    }
}
