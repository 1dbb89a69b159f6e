using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class SamplerTests
{
    private static readonly NoiseSchedule s_cosine = new(NoiseKind.Cosine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0), InlineData(4, 0), InlineData(10, 0), InlineData(1000, 0), InlineData(1, 1), InlineData(50, 1)]
    public void Whoever_knows_the_answer_gets_it(int steps, double churn)
    {
        TokenValues answer = Values(1);
        Sampler sampler = new() { Schedule = s_cosine, Steps = steps, Churn = churn };
        TokenValues sampled = sampler.Run(Values(2), (_, _) => answer, step => Values((ulong)step + 3), Cancel);
        Closeness.AssertClose(answer.Chunks.ToArray(), sampled.Chunks.ToArray(), 1e-5);
        Closeness.AssertClose(answer.Rows.ToArray(), sampled.Rows.ToArray(), 1e-5);
    }

    [Theory, InlineData(0, 400), InlineData(1, 1000)]
    public void Samples_have_the_mean_and_deviation_of_the_data(double churn, int steps)
    {
        // Of data from N(3, 2²) the best guess is known: E[x₀ | x_t] is linear in x_t.
        const double mean = 3, variance = 4;
        static Tensor Guess(Tensor x, float root)
        {
            double signal = root * root, gain = root * variance / (signal * variance + 1 - signal);
            return x.Affine((float)gain, (float)(mean - gain * root * mean));
        }

        Sampler sampler = new() { Schedule = s_cosine, Steps = steps, Churn = churn };
        TokenValues sampled = sampler.Run(
            Values(2), (x, root) => x.Select(part => Guess(part, root)), step => Values((ulong)step + 3), Cancel);
        float[] values = sampled.Chunks.ToArray();
        Assert.Equal(mean, values.Average(), 0.15);
        Assert.Equal(Math.Sqrt(variance), Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2))), 0.15);
    }

    [Theory, InlineData(NoiseKind.Cosine), InlineData(NoiseKind.Linear)]
    public void Signal_falls_from_all_to_almost_none(NoiseKind kind)
    {
        foreach (int steps in new[] { 100, 1000 })
        {
            NoiseSchedule schedule = new(kind, steps);
            Assert.Equal(1, schedule.Signal(0));
            for (int t = 1; t <= steps; t++) Assert.True(schedule.Signal(t) < schedule.Signal(t - 1));
            Assert.InRange(schedule.Signal(steps), 0, 1e-4);
        }
    }

    [Fact]
    public void The_linear_schedule_is_that_of_the_formula()
    {
        double product = 1;
        for (int t = 0; t < 1000; t++) product *= 1 - (1e-4 + (0.02 - 1e-4) * t / 999);
        Assert.Equal(product, new NoiseSchedule(NoiseKind.Linear).Signal(1000), 1e-12);
    }

    [Fact]
    public void A_cancelled_sampling_stops()
    {
        using CancellationTokenSource source = new();
        Sampler sampler = new() { Schedule = s_cosine, Steps = 10 };
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => sampler.Run(
            Values(1),
            (x, _) =>
            {
                if (++calls == 3) source.Cancel();
                return x;
            },
            _ => Values(2), source.Token));
        Assert.Equal(3, calls);
    }

    private static TokenValues Values(ulong seed) => new(
        Tensor.Normal([1, 40, 50], new Rng(seed)), Tensor.Normal([1, 3, 5], new Rng(seed + 1000)));
}
