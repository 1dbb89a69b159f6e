using System.Text.Json;
using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Tests.Evaluation;

/// <summary>Against the figures of scikit-learn that tests/Golden/metrics.py wrote.</summary>
public sealed class ClassificationMetricsTests
{
    private const double Exact = 1e-12;        // counts and ranks: only divisions round
    private const double LogLossError = 1e-6;  // scikit-learn divides rows by their sums, which float32 keeps near 1

    private static readonly JsonElement s_golden = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics.json"))).RootElement;

    public static TheoryData<string> Cases =>
        new(s_golden.GetProperty("cases").EnumerateArray().Select(golden => golden.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Cases))]
    public void Figures_are_those_of_scikit_learn(string name)
    {
        JsonElement golden = s_golden.GetProperty("cases").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name);
        ClassificationMetrics metrics = Measure(golden);

        AssertClose(golden.GetProperty("accuracy"), metrics.Accuracy, Exact);
        AssertClose(golden.GetProperty("log_loss"), metrics.LogLoss, LogLossError);
        AssertClose(golden.GetProperty("auc"), metrics.Auc(TestContext.Current.CancellationToken), Exact);
        AssertClose(
            golden.GetProperty("auc_one_versus_rest"),
            metrics.AucOneVersusRest(TestContext.Current.CancellationToken), Exact);
        for (int c = 0; c < metrics.Classes; c++)
        {
            ClassFigures figures = metrics.Of(c);
            Assert.Equal(golden.GetProperty("support")[c].GetInt64(), figures.Support);
            AssertClose(golden.GetProperty("precision")[c], figures.Precision, Exact);
            AssertClose(golden.GetProperty("recall")[c], figures.Recall, Exact);
            AssertClose(golden.GetProperty("f1")[c], figures.F1, Exact);
            for (int p = 0; p < metrics.Classes; p++)
                Assert.Equal(golden.GetProperty("confusion")[c][p].GetInt64(), metrics.Confusion(c, p));
        }
    }

    [Fact]
    public void Without_rows_nothing_is_defined()
    {
        var metrics = new ClassificationMetrics(3);
        Assert.Equal(0, metrics.Rows);
        Assert.Null(metrics.Accuracy);
        Assert.Null(metrics.LogLoss);
        Assert.Null(metrics.Auc(TestContext.Current.CancellationToken));
        Assert.Null(metrics.AucOneVersusRest(TestContext.Current.CancellationToken));
        Assert.Equal(new ClassFigures(0, null, null, null), metrics.Of(2));
    }

    [Fact]
    public void A_confident_mistake_costs_a_finite_loss()
    {
        var metrics = new ClassificationMetrics(2);
        metrics.Add(0, [0, 1]);
        Assert.Equal(-Math.Log(1e-15), metrics.LogLoss!.Value, Exact);
    }

    [Fact]
    public void Of_equal_probabilities_the_first_wins()
    {
        var metrics = new ClassificationMetrics(3);
        metrics.Add(2, [0.2f, 0.4f, 0.4f]);
        Assert.Equal(1, metrics.Confusion(2, 1));
    }

    [Theory]
    [InlineData(-1, new[] { 0.5f, 0.5f })]
    [InlineData(2, new[] { 0.5f, 0.5f })]
    [InlineData(0, new[] { 1f })]
    [InlineData(0, new[] { float.NaN, 1f })]
    [InlineData(0, new[] { float.PositiveInfinity, 1f })]
    public void A_row_that_is_no_row_is_refused(int label, float[] probabilities)
    {
        var metrics = new ClassificationMetrics(2);
        Assert.ThrowsAny<ArgumentException>(() => metrics.Add(label, probabilities));
        Assert.Equal(0, metrics.Rows);
    }

    private static ClassificationMetrics Measure(JsonElement golden)
    {
        int classes = golden.GetProperty("classes").GetInt32();
        int[] labels = [.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        float[] probabilities = [.. golden.GetProperty("probabilities").EnumerateArray().Select(p => p.GetSingle())];
        var metrics = new ClassificationMetrics(classes);
        for (int i = 0; i < labels.Length; i++) metrics.Add(labels[i], probabilities.AsSpan(i * classes, classes));
        return metrics;
    }

    private static void AssertClose(JsonElement expected, double? actual, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Null) Assert.Null(actual);
        else Assert.Equal(expected.GetDouble(), Assert.NotNull(actual), tolerance);
    }
}
