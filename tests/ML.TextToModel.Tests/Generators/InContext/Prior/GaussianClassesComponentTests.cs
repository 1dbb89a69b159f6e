namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class GaussianClassesComponentTests
{
    private static readonly GaussianClassesComponent s_component = new();

    private static readonly Lazy<TableDraft[]> s_drafts = new(
        () => Drafts.DrawMany(s_component, 60, rows: 2000, classes: 3, outputs: 3));

    [Fact]
    public void Columns_are_normal_within_a_class()
    {
        foreach (TableDraft draft in s_drafts.Value)
        {
            foreach (float[] column in draft.Columns)
            {
                float[] values = OfClass(draft, column, MostFrequent(draft.Labels));
                Assert.InRange(ColumnStatistics.Kurtosis(values), 2.3, 3.9);
                Assert.InRange(ColumnStatistics.Skewness(values), -0.5, 0.5);
            }
        }
    }

    [Fact]
    public void Half_of_the_tables_have_a_covariance_of_each_class()
    {
        // With one covariance the deviations of two classes differ by chance alone.
        double own = s_drafts.Value.Average(draft => draft.Columns.Average(column =>
        {
            int first = MostFrequent(draft.Labels), second = MostFrequent(draft.Labels.Where(c => c != first));
            return Math.Abs(Math.Log(
                ColumnStatistics.Deviation(OfClass(draft, column, first)) /
                ColumnStatistics.Deviation(OfClass(draft, column, second))));
        }) > 0.15 ? 1.0 : 0);
        Assert.InRange(own, 0.3, 0.7);
    }

    [Fact]
    public void Means_of_the_classes_differ_in_some_columns_or_in_all()
    {
        int[] informative = [.. s_drafts.Value.Select(draft => draft.Columns.Count(column =>
        {
            double[] means = [.. Enumerable.Range(0, 3).Where(draft.Labels.Contains)
                .Select(c => ColumnStatistics.Mean(OfClass(draft, column, c)))];
            return (means.Max() - means.Min()) / ColumnStatistics.Deviation(column) > 0.25;
        }))];
        Assert.Contains(informative, count => count <= 1);
        Assert.Contains(informative, count => count >= 5);
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.75, 1);

    private static int MostFrequent(IEnumerable<int> labels) => labels.CountBy(c => c).MaxBy(p => p.Value).Key;

    private static float[] OfClass(TableDraft draft, float[] column, int label) =>
        [.. column.Where((_, i) => draft.Labels[i] == label)];
}
