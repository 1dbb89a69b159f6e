namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>Linear classifiers in closed form, in the layout of a linear head: class rows, then biases.</summary>
internal static class ClosedForms
{
    /// <summary>
    /// Linear discriminant analysis with the covariance shrunk towards a multiple of the identity of the same trace
    /// (Hastie, Tibshirani and Friedman 2009, section 4.3.1).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shrinkage">The share of the identity, between 0 and 1.</param>
    public static float[] Discriminant(LabelledRows rows, double shrinkage)
    {
        int n = rows.Labels.Length;
        double[][] means = rows.ClassMeans();
        int[] counts = rows.Counts();
        // (1 - s) RᵀR / n + s trace(RᵀR / n) / d I = (1 - s) / n (RᵀR + s / (1 - s) trace(RᵀR) / d I).
        double[][] weights = PenalisedGram.Solve(rows.Less(means), rows.Length, shrinkage / (1 - shrinkage), means);
        double factor = n / (1 - shrinkage);
        foreach (double[] row in weights)
            for (int k = 0; k < row.Length; k++) row[k] *= factor;
        return Join(weights, (c, w) => Math.Log(counts[c] / (double)n) - 0.5 * Product(w, means[c]));
    }

    /// <summary>Ridge regression of each class's 0 or 1 on the features, with free biases.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="penalty">That of squared weights, as a share of the features' mean sum of squares.</param>
    public static float[] Ridge(LabelledRows rows, double penalty)
    {
        int n = rows.Labels.Length, d = rows.Length;
        double[] mean = new double[d];
        for (int i = 0; i < rows.Values.Length; i++) mean[i % d] += rows.Values[i] / (double)n;
        double[][] means = rows.ClassMeans();
        int[] counts = rows.Counts();
        double[][] targets =
            [.. means.Select((own, c) => own.Zip(mean, (a, b) => counts[c] * (a - b)).ToArray())];   // Xᵀ y, centred
        double[][] weights = PenalisedGram.Solve(
            rows.Less([.. means.Select(_ => mean)]), d, penalty, targets);
        return Join(weights, (c, w) => counts[c] / (double)n - Product(w, mean));
    }

    private static float[] Join(double[][] weights, Func<int, double[], double> bias) =>
    [
        .. weights.SelectMany(row => row.Select(value => (float)value)),
        .. weights.Select((row, c) => (float)bias(c, row)),
    ];

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
