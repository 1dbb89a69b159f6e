using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Tensors.Tests;

public sealed class LbfgsTests
{
    [Fact]
    public void The_valley_of_Rosenbrock_is_followed_to_its_end()
    {
        // f(x, y) = (1 - x)² + 100 (y - x²)², least at (1, 1).
        float[] point = [-1.2f, 1];
        int calls = 0;
        double value = new Lbfgs { MaxSteps = 200 }.Minimize(point, (at, gradient) =>
        {
            calls++;
            double x = at[0], y = at[1];
            gradient[0] = (float)(-2 * (1 - x) - 400 * x * (y - x * x));
            gradient[1] = (float)(200 * (y - x * x));
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
        }, TestContext.Current.CancellationToken);
        Assert.InRange(value, 0, 1e-6);
        Assert.Equal(1, point[0], 1e-2);
        Assert.Equal(1, point[1], 2e-2);
        Assert.InRange(calls, 10, 120);
    }

    [Fact]
    public void A_quadratic_of_wide_range_takes_few_steps()
    {
        float[] point = [.. Enumerable.Repeat(3f, 20)];
        int calls = 0;
        new Lbfgs().Minimize(point, (at, gradient) =>
        {
            calls++;
            double sum = 0;
            for (int i = 0; i < at.Length; i++)
            {
                gradient[i] = (i + 1) * (at[i] - i);
                sum += 0.5 * (i + 1) * (at[i] - i) * (at[i] - i);
            }
            return sum;
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < point.Length; i++) Assert.Equal(i, point[i], 1e-3);
        Assert.InRange(calls, 5, 60);
    }

    [Fact]
    public void Steps_are_as_many_as_allowed_at_most()
    {
        float[] point = [5];
        int calls = 0;
        new Lbfgs { MaxSteps = 1 }.Minimize(point, (at, gradient) =>
        {
            calls++;
            gradient[0] = 2 * at[0];
            return (double)at[0] * at[0];
        }, TestContext.Current.CancellationToken);
        Assert.InRange(point[0], 0, 4.9f);
        Assert.InRange(calls, 2, 5);
    }
}
