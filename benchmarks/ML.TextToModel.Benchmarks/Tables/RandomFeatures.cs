using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>
/// A network of random hidden units whose class rows, linear path and biases are a ridge regression on the classes, its
/// penalty chosen by every fifth row, its temperature too.
/// </summary>
internal static class RandomFeatures
{
    private const int HoldOut = 5;
    private static readonly double[] s_penalties = [1e-3, 1e-2, 1e-1, 1];

    public static (MlpSpec Spec, float[] Parameters) Emit(MlpSpec spec, ContextTable table, Rng rng)
    {
        float[] parameters = spec.Initialize(rng);
        double[][] rows = [.. Enumerable.Range(0, table.Rows).Select(row => Features(spec, parameters, table, row))];
        int[] fit = [.. Enumerable.Range(0, table.Rows).Where(row => row % HoldOut > 0)];
        int[] held = [.. Enumerable.Range(0, table.Rows).Where(row => row % HoldOut == 0)];
        (double penalty, double temperature, double least) = (s_penalties[^1], 1, double.PositiveInfinity);
        foreach (double candidate in s_penalties)
        {
            double[][] weights = Solve(rows, fit, table, candidate);
            float[] logits =
                [.. held.SelectMany(row => weights.Select(w => (float)RidgeRegression.Dot(w, rows[row])))];
            int[] labels = [.. held.Select(row => table.Labels[row])];
            double t = Temperature.Fit(logits, labels), loss = Temperature.CrossEntropy(logits, labels, 1 / t);
            if (loss < least) (penalty, temperature, least) = (candidate, t, loss);
        }
        Store(spec, parameters, Solve(rows, [.. fit, .. held], table, penalty));
        return (spec, Temperature.Apply(spec, parameters, temperature));
    }

    /// <summary>Hidden units, then the features themselves, then 1.</summary>
    private static double[] Features(MlpSpec spec, float[] parameters, ContextTable table, int row)
    {
        ReadOnlySpan<float> x = table.Features.AsSpan(row * table.Columns, table.Columns);
        ReadOnlySpan<float> weight = spec.Layout["hidden1.weight"].Of(parameters.AsSpan());
        ReadOnlySpan<float> bias = spec.Layout["hidden1.bias"].Of(parameters.AsSpan());
        double[] features = new double[bias.Length + x.Length + 1];
        for (int unit = 0; unit < bias.Length; unit++)
        {
            double sum = bias[unit];
            for (int i = 0; i < x.Length; i++) sum += (double)weight[unit * x.Length + i] * x[i];
            features[unit] = Math.Max(0, sum);
        }
        for (int i = 0; i < x.Length; i++) features[bias.Length + i] = x[i];
        features[^1] = 1;
        return features;
    }

    private static double[][] Solve(double[][] rows, int[] used, ContextTable table, double penalty)
    {
        double[][] targets =
        [
            .. Enumerable.Range(0, table.Classes)
                .Select(c => used.Select(row => table.Labels[row] == c ? 1.0 : 0).ToArray()),
        ];
        return RidgeRegression.Solve([.. used.Select(row => rows[row])], targets, penalty * used.Length);
    }

    private static void Store(MlpSpec spec, float[] parameters, double[][] weights)
    {
        int units = spec.Hidden[0];
        for (int c = 0; c < weights.Length; c++)
        {
            for (int u = 0; u < units; u++)
                spec.Layout["head.weight"].Of(parameters.AsSpan())[c * units + u] = (float)weights[c][u];
            for (int i = 0; i < spec.Inputs; i++)
                spec.Layout["skip.weight"].Of(parameters.AsSpan())[c * spec.Inputs + i] = (float)weights[c][units + i];
            spec.Layout["head.bias"].Of(parameters.AsSpan())[c] = (float)weights[c][^1];
        }
    }
}
