using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class CorrelatedFeaturesTests
{
    private static readonly Lazy<float[][][]> s_tables = new(() => [.. Enumerable.Range(0, 150).Select(seed =>
    {
        float[][] columns = TableDraft.NewColumns(10, 500);
        CorrelatedFeatures.Fill(new Rng((ulong)seed), columns);
        return columns;
    })]);

    [Fact]
    public void Columns_are_standardised()
    {
        foreach (float[] column in s_tables.Value.SelectMany(columns => columns))
        {
            Assert.InRange(ColumnStatistics.Mean(column), -1e-4, 1e-4);
            Assert.InRange(ColumnStatistics.Deviation(column), 1 - 1e-4, 1 + 1e-4);
        }
    }

    [Fact]
    public void Tables_range_from_independent_columns_to_copies_of_a_few_factors()
    {
        double[] correlations = [.. s_tables.Value.Select(ColumnStatistics.MeanCorrelation)];
        Assert.InRange(correlations.Count(correlation => correlation < 0.06), 35, 75);   // chance alone: 0.036
        Assert.InRange(correlations.Count(correlation => correlation > 0.5), 8, 50);
    }

    [Fact]
    public void Some_columns_are_uniform_and_some_have_clusters()
    {
        double[] kurtoses = [.. s_tables.Value.Select(columns => columns.Average(c => ColumnStatistics.Kurtosis(c)))];
        Assert.InRange(kurtoses.Count(kurtosis => kurtosis is > 1.7 and < 1.9), 4, 30);   // uniform: 1.8
        Assert.InRange(kurtoses.Count(kurtosis => kurtosis is > 2.8 and < 3.2), 50, 120);
    }
}
