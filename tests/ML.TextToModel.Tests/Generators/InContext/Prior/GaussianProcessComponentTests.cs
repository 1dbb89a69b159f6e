namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class GaussianProcessComponentTests
{
    private static readonly GaussianProcessComponent s_component = new();

    /// <summary>Functions of two columns that were not distorted afterwards.</summary>
    private static readonly Lazy<TableDraft[]> s_drafts = new(
        () => [.. Drafts.DrawMany(s_component, 120, rows: 200, features: 2).Where(draft => !draft.ColumnsAreShaped)]);

    [Fact]
    public void Functions_are_smooth_over_the_columns()
    {
        double[] roughness = [.. s_drafts.Value.Select(Roughness).Order()];
        Assert.InRange(roughness[roughness.Length / 2], 0, 0.05);
        Assert.InRange(roughness[roughness.Length * 9 / 10], 0, 0.5);
    }

    [Fact]
    public void Functions_have_long_and_short_scales()
    {
        double[] shares =
            [.. s_drafts.Value.Select(draft => ColumnStatistics.LinearShare(draft.Columns, draft.Scores[0])).Order()];
        Assert.InRange(shares[shares.Length / 10], 0, 0.4);
        Assert.InRange(shares[shares.Length * 9 / 10], 0.85, 1);
    }

    [Fact]
    public void Values_at_a_row_are_normal_over_functions()
    {
        float[] values = [.. Drafts.DrawMany(s_component, 300, rows: 20).Select(draft => draft.Scores[0][0])];
        Assert.InRange(ColumnStatistics.Mean(values) / ColumnStatistics.Deviation(values), -0.2, 0.2);
        Assert.InRange(ColumnStatistics.Kurtosis(values), 2.3, 3.9);
    }

    [Fact]
    public void Scores_of_one_table_are_different_functions()
    {
        TableDraft[] drafts = Drafts.DrawMany(s_component, 60, classes: 3, outputs: 3);
        Assert.InRange(drafts.Average(draft => ColumnStatistics.MeanCorrelation(draft.Scores)), 0, 0.6);
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.8, 1);

    /// <summary>Squared difference of nearest rows' scores, of that of any two rows; 1 if rows tell nothing.</summary>
    private static double Roughness(TableDraft draft)
    {
        float[] x = draft.Columns[0], y = draft.Columns[1], score = draft.Scores[0];
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            int nearest = Enumerable.Range(0, x.Length).Where(r => r != i)
                .MinBy(r => (x[r] - x[i]) * (x[r] - x[i]) + (y[r] - y[i]) * (y[r] - y[i]));
            sum += Math.Pow(score[nearest] - score[i], 2);
        }
        return sum / x.Length / (2 * ColumnStatistics.Moment(score, 2));
    }
}
