using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels.Tests;

public sealed class QuantileEncodingTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.001, -3.090232306)]
    [InlineData(1e-9, -5.997807015)]
    public void Quantiles_of_the_normal_distribution_are_those_of_tables(double share, double quantile) =>
        Assert.Equal(quantile, NormalQuantile.Of(share), 1e-7);

    [Fact]
    public void Whatever_the_distribution_features_are_about_normal()
    {
        Rng rng = new(1);
        float[] normal = [.. Enumerable.Range(0, 5_000).Select(_ => (float)rng.NextNormal())];
        foreach (Func<float, double> distort in new Func<float, double>[]
        {
            x => x, x => Math.Exp(3 * x), x => x * x * x, x => x < 0 ? x : 1e6 * x, x => 1 / (1 + Math.Exp(-3 * x)),
        })
        {
            float[] values = [.. normal.Select(x => (float)distort(x))];
            ColumnEncoding encoding = QuantileEncoding.Fit("x", values);
            Assert.InRange(Assert.IsType<QuantileEncoding>(encoding).Knots.Count, 16, QuantileEncoding.MostKnots);
            float[] features = [.. values.Select(x => Encode(encoding, x)[0])];
            Assert.Equal(0, features.Average(), 1e-3);
            Assert.Equal(1, features.Average(x => x * x), 1e-3);
            Assert.InRange(features.Zip(normal).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 0.12);
        }
    }

    [Fact]
    public void Beyond_the_knots_and_where_missing_features_are_bounded()
    {
        ColumnEncoding encoding =
            QuantileEncoding.Fit("x", [.. Enumerable.Range(0, 90).Select(i => i % 3 == 0 ? float.NaN : i)]);
        Assert.Equal(Encode(encoding, 89), Encode(encoding, 1e30f));
        Assert.Equal(Encode(encoding, 1), Encode(encoding, -1e30f));
        Assert.Equal(0, Encode(encoding, float.NaN)[0]);
        Assert.Equal(Encode(encoding, float.NaN), Encode(encoding, float.NegativeInfinity));
        Assert.True(Encode(encoding, float.NaN)[1] > 0 && Encode(encoding, 5)[1] < 0);
    }

    [Fact]
    public void Larger_numbers_never_have_smaller_features()
    {
        Rng rng = new(3);
        float[] values = [.. Enumerable.Range(0, 300).Select(_ => (float)Math.Round(4 * rng.NextNormal()))];
        ColumnEncoding encoding = QuantileEncoding.Fit("x", values);
        float[] features = [.. Enumerable.Range(-200, 400).Select(i => Encode(encoding, i / 10f)[0])];
        Assert.Equal(features.Order(), features);
    }

    [Fact]
    public void Few_rows_leave_no_trace_of_their_own()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => i * i * 1.37f)];
        Assert.Equal(5, Assert.IsType<QuantileEncoding>(QuantileEncoding.Fit("x", values)).Knots.Count);
    }

    [Theory]
    [InlineData(new float[] { 0, 1, 1, 0, 1 })]
    [InlineData(new float[] { 7, 7, 7 })]
    [InlineData(new float[] { float.NaN, float.NaN })]
    [InlineData(new float[] { -3e38f, -2e38f, 3e38f, 3.1e38f, 3.2e38f })]   // too far apart for floats
    public void Columns_without_ranks_to_speak_of_are_numeric(float[] values) =>
        Assert.Equal(NumericEncoding.Fit("x", values), QuantileEncoding.Fit("x", values));

    private static float[] Encode(ColumnEncoding encoding, float value)
    {
        float[] features = new float[encoding.Width];
        encoding.Encode(value, features);
        return features;
    }
}
