using System.Runtime.Intrinsics;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class ColumnMathTests
{
    public static TheoryData<int> Lengths => new(1, 7, 8, 33);

    [Theory, MemberData(nameof(Lengths))]
    public void Loops_do_to_each_value_what_they_say(int length)
    {
        float[] x = [.. Enumerable.Range(1, length).Select(i => i * 0.5f)], y = [.. x.Select(v => v * v)];
        float[] sum = [.. x], scaled = [.. x], mapped = [.. x], clipped = [.. x];
        ColumnMath.AddScaled(sum, y, 2);
        ColumnMath.Scale(scaled, 3, -1);
        ColumnMath.Map(mapped, v => v + Vector256<float>.One);
        ColumnMath.Clip(clipped, 1.25f);
        Assert.Equal(x.Select(v => v + 2 * v * v), sum);
        Assert.Equal(x.Select(v => 3 * v - 1), scaled);
        Assert.Equal(x.Select(v => v + 1), mapped);
        Assert.Equal(x.Select(v => Math.Min(v, 1.25f)), clipped);
    }

    [Theory, InlineData(7), InlineData(8), InlineData(33)]
    public void Standardised_columns_have_mean_0_and_deviation_1(int length)
    {
        float[] column = new float[length];
        new Rng(1).FillNormal(column, 40, 3);
        ColumnMath.Standardise(column);
        Assert.InRange(ColumnStatistics.Mean(column), -1e-5, 1e-5);
        Assert.InRange(ColumnStatistics.Deviation(column), 1 - 1e-5, 1 + 1e-5);
    }

    [Fact]
    public void A_constant_column_becomes_0()
    {
        float[] column = [0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f];
        ColumnMath.Standardise(column);
        Assert.All(column, value => Assert.Equal(0, value));
    }
}
