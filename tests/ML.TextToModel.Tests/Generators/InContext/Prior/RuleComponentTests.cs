namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class RuleComponentTests
{
    private static readonly RuleComponent s_component = new();

    [Fact]
    public void Equal_categories_have_equal_labels()
    {
        int repeated = 0;
        foreach (TableDraft draft in Drafts.DrawMany(s_component, 100, classes: 4, outputs: 4))
        {
            if (draft.Categories.Contains(0)) continue;
            foreach (var rows in Enumerable.Range(0, draft.Rows).GroupBy(
                i => string.Join(',', draft.Columns.Select(column => column[i]))))
            {
                repeated += rows.Count() - 1;
                Assert.Single(rows.Select(i => draft.Labels[i]).Distinct());
            }
        }
        Assert.True(repeated > 1000, $"Only {repeated} rows repeat another one's categories.");
    }

    [Fact]
    public void Labels_depend_on_several_columns()
    {
        double single = Drafts.DrawMany(s_component, 100).Where(draft => !draft.Categories.Contains(0))
            .Average(draft => draft.Columns.Any(column => Decides(column, draft.Labels)) ? 1.0 : 0);
        Assert.InRange(single, 0, 0.35);
    }

    [Fact]
    public void Most_columns_are_categories_and_some_tables_show_numbers_too()
    {
        TableDraft[] drafts = Drafts.DrawMany(s_component, 100);
        Assert.InRange(drafts.Count(draft => draft.Categories.Contains(0)), 10, 45);
        Assert.All(drafts.SelectMany(draft => draft.Categories), count => Assert.True(count is 0 or >= 2 and <= 6));
    }

    [Fact]
    public void All_classes_occur_in_most_tables()
    {
        TableDraft[] drafts = Drafts.DrawMany(s_component, 100, classes: 3, outputs: 3);
        Assert.All(drafts, draft => Assert.All(draft.Labels, label => Assert.InRange(label, 0, 2)));
        Assert.InRange(drafts.Count(draft => draft.Labels.Distinct().Count() == 3), 45, 95);
    }

    [Fact]
    public void Most_tables_can_be_learned() =>
        Assert.InRange(Learnability.ShareAboveMajority(s_component), 0.75, 1);

    private static bool Decides(float[] column, int[] labels) =>
        column.Zip(labels).Distinct().Count() == column.Distinct().Count();
}
