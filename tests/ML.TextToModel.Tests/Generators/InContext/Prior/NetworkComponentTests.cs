namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class NetworkComponentTests
{
    private static readonly NetworkComponent s_component = new();

    /// <summary>One score, six columns; causal and forward readings among them.</summary>
    private static readonly Lazy<TableDraft[]> s_drafts = new(() => Drafts.DrawMany(s_component, 100));

    [Fact]
    public void Columns_and_scores_vary_and_are_finite()
    {
        Assert.All(s_drafts.Value, draft => Assert.All(
            [.. draft.Columns, .. draft.Scores],
            column =>
            {
                Assert.All(column, value => Assert.True(float.IsFinite(value)));
                Assert.InRange(ColumnStatistics.Deviation(column), 1e-3, 1e4);
            }));
    }

    [Fact]
    public void Columns_of_a_network_are_correlated_more_or_less()
    {
        double[] correlations =
            [.. s_drafts.Value.Select(draft => ColumnStatistics.MeanCorrelation(draft.Columns)).Order()];
        Assert.InRange(correlations[10], 0, 0.15);
        Assert.InRange(correlations[50], 0.1, 0.5);
        Assert.InRange(correlations[90], 0.35, 1);
    }

    [Fact]
    public void Scores_range_from_linear_to_far_from_it()
    {
        double[] shares =
        [
            .. s_drafts.Value.Where(draft => !draft.ColumnsAreShaped)
                .Select(draft => ColumnStatistics.LinearShare(draft.Columns, draft.Scores[0])).Order(),
        ];
        Assert.InRange(shares[shares.Length / 10], 0, 0.6);
        Assert.InRange(shares[shares.Length * 9 / 10], 0.9, 1);
    }

    [Fact]
    public void No_score_is_among_the_columns()
    {
        foreach (TableDraft draft in Drafts.DrawMany(s_component, 50, classes: 4, outputs: 4))
        {
            foreach (float[] score in draft.Scores)
                Assert.DoesNotContain(draft.Columns, column => column.AsSpan().SequenceEqual(score));
        }
    }

    [Fact]
    public void A_hundred_columns_and_ten_scores_fit_in()
    {
        TableDraft draft = Drafts.Draw(s_component, 1, rows: 50, features: 100, classes: 10, outputs: 10);
        Assert.All(draft.Columns, column => Assert.True(ColumnStatistics.Deviation(column) > 0));
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.75, 1);
}
