using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void The_penalised_gradient_is_zero_at_the_result()
    {
        const int rows = 200, inputs = 4, classes = 3;
        const double penalty = 0.01;
        Rng rng = new(2);
        float[] x = new float[rows * inputs];
        rng.FillNormal(x);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) labels[i] = (x[i * inputs] > 0 ? 1 : 0) + (rng.NextInt(5) == 0 ? 1 : 0);
        float[] w = LogisticRegression.Fit(
            x, labels, classes, penalty, cancel: TestContext.Current.CancellationToken);
        double[] gradient = new double[w.Length];
        for (int row = 0; row < rows; row++)
        {
            double[] logits = [.. Enumerable.Range(0, classes).Select(c => w[classes * inputs + c]
                + Enumerable.Range(0, inputs).Sum(j => (double)w[c * inputs + j] * x[row * inputs + j]))];
            double total = logits.Sum(Math.Exp);
            for (int c = 0; c < classes; c++)
            {
                double error = (Math.Exp(logits[c]) / total - (labels[row] == c ? 1 : 0)) / rows;
                for (int j = 0; j < inputs; j++) gradient[c * inputs + j] += error * x[row * inputs + j];
                gradient[classes * inputs + c] += error;
            }
        }
        for (int i = 0; i < classes * inputs; i++) gradient[i] += penalty * w[i];
        Assert.All(gradient, g => Assert.InRange(g, -2e-4, 2e-4));
    }

    [Fact]
    public void A_cancelled_fit_stops() => Assert.Throws<OperationCanceledException>(() =>
        LogisticRegression.Fit([1, 2, 3, 4], [0, 0, 1, 1], 2, 0.1, cancel: new CancellationToken(canceled: true)));
}
