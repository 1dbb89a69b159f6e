namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class TreeComponentTests
{
    private const int Leaves = 64;   // of a tree of the greatest depth

    private static readonly TreeComponent s_component = new();

    private static readonly Lazy<TableDraft[]> s_drafts = new(() => Drafts.DrawMany(s_component, 100, features: 2));

    [Fact]
    public void Single_trees_have_as_many_scores_as_leaves_and_forests_more()
    {
        int[] scores =
            [.. Drafts.DrawMany(s_component, 100, rows: 2000).Select(draft => draft.Scores[0].Distinct().Count())];
        Assert.InRange(scores.Count(count => count <= Leaves), 68, 85);
        Assert.Contains(scores, count => count > 4 * Leaves);
        Assert.Contains(scores, count => count <= 4);
        Assert.InRange(scores.Count(count => count == 1), 0, 8);   // a cut can have all rows on one side
    }

    [Fact]
    public void Cuts_are_parallel_to_the_axes()
    {
        // A tree of one cut: all rows on one side of some value of one column have one score, the others another.
        TableDraft[] stumps =
        [
            .. s_drafts.Value.Where(draft => !draft.ColumnsAreShaped && draft.Scores[0].Distinct().Count() == 2),
        ];
        Assert.NotEmpty(stumps);
        Assert.All(stumps, draft => Assert.Contains(draft.Columns, column =>
        {
            float first = draft.Scores[0][Array.IndexOf(column, column.Min())];
            float bound = column.Where((_, i) => draft.Scores[0][i] == first).Max();
            return column.Where((_, i) => draft.Scores[0][i] != first).Min() > bound;
        }));
    }

    [Fact]
    public void All_scores_of_a_table_share_its_cuts()
    {
        foreach (TableDraft draft in Drafts.DrawMany(s_component, 30, classes: 3, outputs: 3))
        {
            int cells = draft.Scores[0].Zip(draft.Scores[1]).Distinct().Count();
            Assert.Equal(draft.Scores[0].Distinct().Count(), cells);
        }
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.7, 1);
}
