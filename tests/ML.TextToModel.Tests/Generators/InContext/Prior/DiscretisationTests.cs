using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class DiscretisationTests
{
    [Fact]
    public void Categories_are_ordered_intervals_of_the_values_and_none_is_empty()
    {
        for (int count = 2; count <= 10; count++)
        {
            float[] values = new float[200];
            Rng rng = new((ulong)count);
            NormalTable.Fill(rng, values);
            float[] codes = [.. values];
            int used = Discretisation.Categorise(rng, codes, count);
            Assert.InRange(used, 2, count);
            Assert.Equal(Enumerable.Range(0, used).Select(k => (float)k), codes.Distinct().Order());
            Array.Sort(values, codes);
            Assert.Equal(codes.Order(), codes);
        }
    }

    [Fact]
    public void A_single_value_gives_no_categories()
    {
        float[] column = [3, 3, 3];
        Assert.Equal(0, Discretisation.Categorise(new Rng(1), column, 4));
        Assert.Equal([3, 3, 3], column);
    }

    [Fact]
    public void Two_values_always_give_two_categories()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            float[] column = [1, 1, 1, 1, 1, 5];
            Assert.Equal(2, Discretisation.Categorise(new Rng(seed), column, 3));
            Assert.Equal([0, 0, 0, 0, 0, 1], column);
        }
    }

    [Fact]
    public void Few_categories_are_more_frequent_than_many()
    {
        Rng rng = new(1);
        int[] counts = [.. Enumerable.Range(0, 2000).Select(_ => Discretisation.CategoryCount(rng, 10))];
        Assert.Equal(Enumerable.Range(2, 9), counts.Distinct().Order());
        Assert.InRange(counts.Count(count => count == 2), 550, 750);   // 1 - exp(-1 / 2.5) = 0.33
        Assert.InRange(counts.Count(count => count >= 6), 300, 500);   // exp(-4 / 2.5) = 0.20
    }

    [Fact]
    public void Shuffled_codes_are_new_names_of_the_same_categories()
    {
        int changed = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            TableDraft draft = new(60, 2, 2, 1, new PriorOptions());
            for (int i = 0; i < 60; i++) (draft.Columns[0][i], draft.Columns[1][i]) = (i % 5, i);
            draft.Categories[0] = 5;
            float[] before = [.. draft.Columns[0]];
            Discretisation.ShuffleCodes(new Rng(seed), draft);
            Assert.Equal(5, before.Zip(draft.Columns[0]).Distinct().Count());
            Assert.Equal([0, 1, 2, 3, 4], draft.Columns[0].Distinct().Order());
            Assert.Equal(Enumerable.Range(0, 60).Select(i => (float)i), draft.Columns[1]);
            changed += before.SequenceEqual(draft.Columns[0]) ? 0 : 1;
        }
        Assert.InRange(changed, 70, 97);
    }

    [Fact]
    public void Tables_have_no_categories_some_or_nothing_else_and_other_columns_may_be_rounded()
    {
        TableDraft[] drafts = [.. Enumerable.Range(0, 200).Select(seed =>
        {
            TableDraft draft = new(300, 8, 2, 1, new PriorOptions());
            Rng rng = new((ulong)seed);
            foreach (float[] column in draft.Columns) NormalTable.Fill(rng, column);
            Discretisation.Apply(rng, draft);
            return draft;
        })];
        int[] categorical = [.. drafts.Select(draft => draft.Categories.Count(count => count > 0))];
        Assert.InRange(categorical.Count(columns => columns == 0), 85, 130);
        Assert.InRange(categorical.Count(columns => columns == 8), 15, 50);
        Assert.InRange(categorical.Count(columns => columns is > 0 and < 8), 45, 100);
        int rounded = drafts.Count(draft => Enumerable.Range(0, 8).Any(
            j => draft.Categories[j] == 0 && draft.Columns[j].All(float.IsInteger)));
        Assert.InRange(rounded, 50, 110);
    }
}
