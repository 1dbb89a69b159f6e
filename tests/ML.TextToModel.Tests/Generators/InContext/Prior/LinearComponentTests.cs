namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class LinearComponentTests
{
    private const double GumbelSkewness = 1.14;

    private static readonly LinearComponent s_component = new();

    /// <summary>Scores over columns that were not distorted afterwards.</summary>
    private static readonly Lazy<TableDraft[]> s_drafts = new(
        () => [.. Drafts.DrawMany(s_component, 160, features: 8).Where(draft => !draft.ColumnsAreShaped)]);

    [Fact]
    public void A_line_explains_the_scores_up_to_their_temperature()
    {
        double[] shares =
            [.. s_drafts.Value.Select(draft => ColumnStatistics.LinearShare(draft.Columns, draft.Scores[0])).Order()];
        // The noise has deviation π/√6 times a temperature of at most 0.4: the line has at least 1 / (1 + 0.26).
        Assert.InRange(shares[0], 0.7, 1);
        Assert.InRange(shares[shares.Length / 2], 0.97, 1);
    }

    [Fact]
    public void Noise_of_the_scores_is_a_Gumbel_variable()
    {
        // The weight of a table's only column is known up to its sign: what is left is the noise, skewed to one side.
        double skewness = Drafts.DrawMany(s_component, 40, rows: 2000, features: 1)
            .Where(draft => !draft.ColumnsAreShaped)
            .Average(draft =>
            {
                float slope = Math.Sign(ColumnStatistics.Correlation(draft.Columns[0], draft.Scores[0]));
                float[] noise = [.. draft.Columns[0].Zip(draft.Scores[0], (x, score) => score - slope * x)];
                return ColumnStatistics.Skewness(noise);
            });
        Assert.InRange(skewness, 0.85 * GumbelSkewness, 1.15 * GumbelSkewness);
    }

    [Fact]
    public void Weights_are_sparse_in_most_tables()
    {
        // Columns without weight can be left out of the line at no loss.
        double sparse = s_drafts.Value.Average(draft =>
        {
            double all = ColumnStatistics.LinearShare(draft.Columns, draft.Scores[0]);
            double chance = 10 * (1 - all) / draft.Rows + 1e-6;
            bool dispensable = Enumerable.Range(0, draft.Columns.Length).Any(j =>
                all - ColumnStatistics.LinearShare(Without(draft.Columns, j), draft.Scores[0]) < chance);
            return dispensable ? 1.0 : 0;
        });
        Assert.InRange(sparse, 0.5, 0.95);
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.8, 1);

    private static float[][] Without(float[][] columns, int j) => [.. columns[..j], .. columns[(j + 1)..]];
}
