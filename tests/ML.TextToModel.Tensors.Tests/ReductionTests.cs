using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Tests;

[Collection(nameof(EngineSettings))]
public sealed class ReductionTests
{
    public static TheoryData<string> Levels => EngineSettings.LevelNames;

    [Theory, MemberData(nameof(Levels))]
    public void Sums_of_ten_million_numbers_are_right_to_1e_6(string level)
    {
        const int count = 10_000_000;
        using EngineSettings settings = new(EngineSettings.Level(level), threads: 2);
        double exact = count * (double)0.1f;
        Tensor x = Tensor.Full([count], 0.1f);
        AssertRelative(exact, x.Sum().Item());
        AssertRelative(exact / 2, x.Reshape(2, -1).Sum(1).AsSpan()[1]);
        AssertRelative(exact / 5, x.Reshape(-1, 5).Sum(0).AsSpan()[3]);
        AssertRelative(0.1f, x.Mean().Item());
        AssertRelative(exact * 0.1f, KernelSet.Current.SumOfSquares(x.AsSpan()));
    }

    [Theory, MemberData(nameof(Levels))]
    public void Layer_norm_of_numbers_far_from_zero_keeps_its_precision(string level)
    {
        using EngineSettings settings = new(EngineSettings.Level(level), threads: 1);
        float[] values = [.. Enumerable.Range(0, 513).Select(i => 1000 + i % 3)];
        double mean = values.Average(v => (double)v);
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        float[] expected = [.. values.Select(v => (float)((v - mean) / deviation))];
        Closeness.AssertClose(expected, Tensor.From(values).LayerNorm(epsilon: 0).AsSpan(), 1e-4, level);
    }

    [Theory, MemberData(nameof(Levels))]
    public void Softmax_of_a_fully_masked_row_is_zero_and_passes_no_gradient(string level)
    {
        using EngineSettings settings = new(EngineSettings.Level(level), threads: 1);
        float[] row = [.. Enumerable.Repeat(float.NegativeInfinity, 19)], half = [.. row];
        half.AsSpan(0, 10).Fill(2);
        Tensor x = Tensor.From([.. row, .. half], [2, 19]);
        x.RequiresGradient = true;
        Tensor y = x.Softmax();
        Assert.Equal(new float[19], y.AsSpan()[..19]);
        Assert.All(y.ToArray()[19..29], p => Assert.Equal(0.1f, p, 1e-6f));
        Assert.Equal(new float[9], y.AsSpan()[29..]);
        float[] gradient = y.Backward(Tensor.Normal([2, 19], new Rng(1)))[x].ToArray();
        Assert.Equal(new float[19], gradient[..19]);
        Assert.All(gradient, g => Assert.True(float.IsFinite(g)));
    }

    [Theory, MemberData(nameof(Levels))]
    public void Softmax_of_large_numbers_does_not_overflow(string level)
    {
        using EngineSettings settings = new(EngineSettings.Level(level), threads: 1);
        Assert.Equal([0.5f, 0, 0.5f], Tensor.From(3e38f, -3e38f, 3e38f).Softmax().ToArray());
        Assert.Equal([-200.0f, 0], Tensor.From(-100, 100).LogSoftmax().ToArray());
    }

    [Fact]
    public void Cross_entropy_counts_rows_with_a_label_only()
    {
        Tensor logits = Tensor.Normal([4, 7], new Rng(1));
        logits.AsSpan().Slice(14, 7).Fill(float.NaN);   // the row without a label may hold anything
        logits.RequiresGradient = true;
        Tensor loss = logits.CrossEntropy([3, 0, -1, 6]);
        double expected = new[] { (0, 3), (1, 0), (3, 6) }
            .Average(p => -(double)logits.Slice(p.Item1..(p.Item1 + 1)).LogSoftmax().AsSpan()[p.Item2]);
        Assert.Equal(expected, loss.Item(), 1e-6);
        float[] gradient = loss.Backward()[logits].ToArray();
        Assert.Equal(new float[7], gradient[14..21]);
        Assert.Equal(0, gradient[..14].Sum() + gradient[21..].Sum(), 1e-6f);
    }

    [Fact]
    public void Cross_entropy_without_any_label_is_zero()
    {
        Tensor logits = Tensor.Normal([2, 3], new Rng(1));
        logits.RequiresGradient = true;
        Tensor loss = logits.CrossEntropy([-1, -1]);
        Assert.Equal(0, loss.Item());
        Assert.Equal(new float[6], loss.Backward()[logits].ToArray());
    }

    [Fact]
    public void Cross_entropy_rejects_labels_that_are_no_class()
    {
        Tensor logits = Tensor.Zeros([2, 3]);
        Assert.StartsWith("Label 3 of row 1 is not one of 3 classes.",
            Assert.Throws<ArgumentOutOfRangeException>(() => logits.CrossEntropy([0, 3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => logits.CrossEntropy([0, -2]));
        Assert.StartsWith("3 labels do not fit logits of shape (2, 3).",
            Assert.Throws<ArgumentException>(() => logits.CrossEntropy([0, 1, 2])).Message);
    }

    [Fact]
    public void Equal_maxima_share_the_gradient()
    {
        Tensor x = Tensor.From([1, 5, 5, 2, 2, 2], [2, 3]);
        x.RequiresGradient = true;
        Assert.Equal([0, 0.5f, 0.5f, 1f / 3, 1f / 3, 1f / 3], x.Max(1).Sum().Backward()[x].ToArray());
    }

    [Fact]
    public void The_first_of_equal_maxima_is_the_place_of_the_largest() =>
        Assert.Equal([1, 0], Tensor.From([1, 5, 5, 2, 2, 2], [2, 3]).ArgMax());

    [Theory, MemberData(nameof(Levels))]
    public void AdamW_follows_its_formula(string level)
    {
        AdamWStep step = new(
            Rate: 0.01f, Beta1: 0.9f, Beta2: 0.99f, Epsilon: 1e-8f, Decay: 0.1f,
            Correction1: 2, Correction2: 3, GradientScale: 0.5f);
        Rng rng = new(1);
        float[] p = new float[37], g = new float[37], m = new float[37], v = new float[37];
        rng.FillNormal(p);
        rng.FillNormal(g);
        rng.FillNormal(m);
        rng.FillUniform(v);
        float[] expected = new float[37];
        for (int i = 0; i < expected.Length; i++)
        {
            double gradient = 0.5 * g[i], mean = 0.9 * m[i] + 0.1 * gradient;
            double square = 0.99 * v[i] + 0.01 * gradient * gradient;
            expected[i] = (float)(p[i] * (1 - 0.01 * 0.1) - 0.01 * (mean * 2) / (Math.Sqrt(square * 3) + 1e-8));
        }
        EngineSettings.Level(level).AdamW(step, p, g, m, v);
        Closeness.AssertClose(expected, p, 1e-6, level);
    }

    private static void AssertRelative(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-6 * expected, $"{actual:R} is not {expected:R} within 1e-6.");
}
