using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class NormalTableTests
{
    [Fact]
    public void Draws_have_the_moments_and_the_tails_of_a_normal_variable()
    {
        float[] draws = new float[400_001];
        NormalTable.Fill(new Rng(1), draws);
        Assert.InRange(ColumnStatistics.Mean(draws), -0.01, 0.01);
        Assert.InRange(ColumnStatistics.Deviation(draws), 0.99, 1.01);
        Assert.InRange(ColumnStatistics.Skewness(draws), -0.02, 0.02);
        Assert.InRange(ColumnStatistics.Kurtosis(draws), 2.95, 3.05);
        Assert.InRange(draws.Average(x => x < -1.2816f ? 1.0 : 0), 0.098, 0.102);
        Assert.InRange(draws.Average(x => Math.Abs(x) < 0.6745f ? 1.0 : 0), 0.496, 0.504);
        Assert.InRange(draws.Max(), 3.7, 4);
    }

    [Fact]
    public void Neighbouring_draws_are_independent()
    {
        float[] draws = new float[100_000];
        NormalTable.Fill(new Rng(2), draws);
        Assert.InRange(ColumnStatistics.Correlation(draws[1..], draws[..^1]), -0.015, 0.015);
    }

    [Fact]
    public void Noise_is_added_with_its_deviation()
    {
        float[] column = new float[100_000];
        Array.Fill(column, 5);
        NormalTable.Add(new Rng(3), column, 0.5f);
        Assert.InRange(ColumnStatistics.Mean(column), 4.99, 5.01);
        Assert.InRange(ColumnStatistics.Deviation(column), 0.49, 0.51);
    }
}
