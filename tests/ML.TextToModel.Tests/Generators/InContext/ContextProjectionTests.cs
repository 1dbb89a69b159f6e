using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;
using ML.TextToModel.Training;

namespace ML.TextToModel.Generators.InContext.Tests;

public sealed class ContextProjectionTests
{
    [Theory]
    [InlineData(5, 0.64)]     // all features as they are: 0.55
    [InlineData(500, 0.86)]   // the 100 best features: 0.87
    public void Of_500_features_few_may_matter_or_all(int signal, double least)
    {
        double sum = 0;
        for (ulong task = 0; task < 3; task++)
        {
            double distance = signal == 5 ? 2.2 : 4;
            (ContextTable known, FeatureRows unknown) = Gaussians(200, 500, signal, distance, task);
            MlpSpec spec = InContextGenerator.Shipped.Spec(known);
            float[] emitted = InContextGenerator.Shipped.Emit(known, new Rng(5));
            float[] logits = FineTuning.Logits(spec, emitted, unknown);
            sum += unknown.Labels.Where((label, row) => Best(logits.AsSpan(row * 3, 3)) == label).Count() / 600.0;
        }
        Assert.InRange(sum / 3, least, 1);
    }

    [Fact]
    public void The_unfolded_network_gives_all_features_the_logits_of_the_projected_ones()
    {
        (ContextTable table, _) = Gaussians(40, 130, 130, 3, task: 4);
        ContextProjection projection = ContextProjection.Fit(table, new Rng(1));
        Assert.Equal(50 + 39, projection.Table.Columns);   // 40 rows have 39 components
        MlpSpec narrow = InContextGenerator.Shipped.Spec(projection.Table);
        float[] parameters = narrow.Initialize(new Rng(2));
        FeatureRows few = new(projection.Table.Features, projection.Table.Columns, table.Labels);
        FeatureRows all = new(table.Features, table.Columns, table.Labels);
        Closeness.AssertClose(
            FineTuning.Logits(narrow, parameters, few),
            FineTuning.Logits(narrow with { Inputs = 130 }, projection.Unfold(narrow, parameters), all), 1e-4);
    }

    [Fact]
    public void Projected_features_are_the_best_ones_and_components_of_deviation_1()
    {
        (ContextTable table, _) = Gaussians(300, 120, 20, 6, task: 5);
        ContextTable projected = ContextProjection.Fit(table, new Rng(1)).Table;
        float[] column = Column(projected, 0);
        Assert.Contains(Enumerable.Range(0, 20), j => Column(table, j).SequenceEqual(column));
        for (int j = 50; j < 100; j++) Assert.Equal(1, Column(projected, j).Average(v => v * v), 1e-3);
        // The classes lie in the plane of the first two.
        double[] between = [.. Enumerable.Range(50, 50).Select(j =>
            Column(projected, j).Zip(projected.Labels).GroupBy(p => p.Second, p => p.First)
                .Sum(own => own.Average() * own.Average() * own.Count() / projected.Rows))];
        Assert.InRange(between[..2].Sum(), 0.9, 2);
        Assert.InRange(between[2..].Max(), 0, 0.2);
    }

    [Fact]
    public void Rows_that_repeat_have_fewer_components()
    {
        (ContextTable one, _) = Gaussians(6, 110, 110, 3, task: 6);
        ContextTable thrice = new(
            [.. one.Features, .. one.Features, .. one.Features], 110, [.. one.Labels, .. one.Labels, .. one.Labels], 3);
        ContextTable projected = ContextProjection.Fit(thrice, new Rng(1)).Table;
        Assert.InRange(projected.Columns, 50 + 5, 50 + 6);   // their mean is 0, but for rounding
        Assert.All(InContextGenerator.Shipped.Emit(thrice, new Rng(2)), p => Assert.True(float.IsFinite(p)));
    }

    private static float[] Column(ContextTable table, int index) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table.Features[row * table.Columns + index])];

    private static int Best(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int c = 1; c < logits.Length; c++)
            if (logits[c] > logits[best]) best = c;
        return best;
    }

    /// <summary>Standardised rows of three classes whose means differ in the first features.</summary>
    private static (ContextTable Known, FeatureRows Unknown) Gaussians(
        int rows, int features, int signal, double distance, ulong task)
    {
        const int classes = 3, queries = 600;
        Rng rng = new(task);
        double[] means = new double[classes * features];
        for (int c = 0; c < classes; c++)
        {
            double[] direction = [.. Enumerable.Range(0, signal).Select(_ => rng.NextNormal())];
            double length = Math.Sqrt(direction.Sum(d => d * d));
            for (int j = 0; j < signal; j++) means[c * features + j] = distance * direction[j] / length;
        }
        float[] x = new float[(rows + queries) * features];
        int[] labels = [.. Enumerable.Range(0, rows + queries).Select(row => row % classes)];
        for (int i = 0; i < x.Length; i++)
            x[i] = (float)(means[labels[i / features] * features + i % features] + rng.NextNormal());
        for (int j = 0; j < features; j++)
        {
            double mean = Enumerable.Range(0, rows).Average(row => x[row * features + j]);
            double deviation = Math.Sqrt(
                Enumerable.Range(0, rows).Average(row => Math.Pow(x[row * features + j] - mean, 2)));
            for (int row = 0; row < rows + queries; row++)
                x[row * features + j] = (float)((x[row * features + j] - mean) / deviation);
        }
        return (
            new ContextTable(x[..(rows * features)], features, labels[..rows], classes),
            new FeatureRows(x[(rows * features)..], features, labels[rows..]));
    }
}
