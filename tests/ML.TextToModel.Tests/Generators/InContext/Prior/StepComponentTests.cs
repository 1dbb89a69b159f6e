namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class StepComponentTests
{
    private const int MostValues = 20;

    private static readonly StepComponent s_component = new();

    [Fact]
    public void Scores_of_one_column_are_constant_between_few_jumps()
    {
        const int mostSteps = 8;
        TableDraft[] drafts =
            [.. Drafts.DrawMany(s_component, 80, features: 1).Where(draft => !draft.ColumnsAreShaped)];
        Assert.NotEmpty(drafts);
        int[] jumps = [.. drafts.Select(draft =>
        {
            float[] score = [.. draft.Scores[0]];
            Array.Sort([.. draft.Columns[0]], score);
            return score.Zip(score.Skip(1)).Count(pair => pair.First != pair.Second);
        })];
        Assert.All(jumps, count => Assert.InRange(count, 0, mostSteps));
        Assert.Contains(jumps, count => count >= 4);
    }

    [Fact]
    public void Some_tables_are_additive_and_others_have_boxes()
    {
        // Columns of few values, so that a step at each value is all that an additive function can have.
        double[] shares =
        [
            .. Drafts.DrawMany(s_component, 500, rows: 300, features: 3)
                .Where(draft => draft.Columns.All(column => column.Distinct().Count() <= MostValues))
                .Where(draft => draft.Scores[0].Distinct().Count() > 1)
                .Select(AdditiveShare).Order(),
        ];
        Assert.InRange(shares.Length, 40, 200);
        Assert.InRange(shares.Count(share => share > 0.9999) / (double)shares.Length, 0.45, 0.8);
        Assert.InRange(shares[0], 0, 0.9);
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.75, 1);

    /// <summary>How much of the score a sum of functions of one column each explains.</summary>
    private static double AdditiveShare(TableDraft draft)
    {
        IEnumerable<float[]> indicators =
            from column in draft.Columns
            from threshold in column.Distinct().Order().Skip(1)
            select column.Select(value => value >= threshold ? 1f : 0f).ToArray();
        return ColumnStatistics.LinearShare([.. indicators], draft.Scores[0]);
    }
}
