using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class MissingValuesTests
{
    private const int Rows = 1000;

    private static readonly Lazy<(float[][] Before, TableDraft After)[]> s_drafts = new(
        () => [.. Enumerable.Range(0, 300).Select(seed =>
        {
            TableDraft draft = new(Rows, 4, 2, 1, new PriorOptions());
            Rng rng = new((ulong)seed);
            foreach (float[] column in draft.Columns) NormalTable.Fill(rng, column);
            draft.Labels = [.. Enumerable.Range(0, Rows).Select(i => i % 2)];
            float[][] before = [.. draft.Columns.Select(column => column.ToArray())];
            MissingValues.Apply(rng, draft);
            return (before, draft);
        })]);

    private static double Share(float[] column, Func<int, bool> where) =>
        Enumerable.Range(0, Rows).Where(where).Average(i => float.IsNaN(column[i]) ? 1.0 : 0);

    private static double Contrast(double a, double b) => Math.Abs(a - b) / (a + b);

    [Fact]
    public void A_minority_of_the_tables_lacks_a_minority_of_its_cells()
    {
        double[] shares = [.. s_drafts.Value.Select(d => d.After.Columns.Average(column => Share(column, _ => true)))];
        Assert.InRange(shares.Count(share => share > 0), 50, 100);
        Assert.InRange(shares.Average(), 0.005, 0.04);
        Assert.InRange(shares.Max(), 0.05, 0.6);
    }

    [Fact]
    public void All_other_cells_keep_their_values()
    {
        foreach ((float[][] before, TableDraft after) in s_drafts.Value)
        {
            for (int j = 0; j < before.Length; j++)
            {
                Assert.All(
                    before[j].Zip(after.Columns[j]),
                    pair => Assert.True(float.IsNaN(pair.Second) || pair.First == pair.Second));
            }
        }
    }

    [Fact]
    public void Cells_are_missing_at_random_or_by_their_value_or_by_class()
    {
        var columns = (from d in s_drafts.Value from j in Enumerable.Range(0, 4)
                       where Share(d.After.Columns[j], _ => true) > 0.05
                       let high = Share(d.After.Columns[j], i => d.Before[j][i] > 0)
                       let low = Share(d.After.Columns[j], i => d.Before[j][i] <= 0)
                       let first = Share(d.After.Columns[j], i => i % 2 == 0)
                       let second = Share(d.After.Columns[j], i => i % 2 == 1)
                       select (ByValue: Contrast(high, low), ByClass: Contrast(first, second))).ToArray();
        Assert.InRange(columns.Average(c => c.ByValue > 0.9 ? 1.0 : 0), 0.08, 0.35);
        Assert.InRange(columns.Average(c => c.ByClass > 0.4 ? 1.0 : 0), 0.03, 0.3);
        Assert.InRange(columns.Average(c => c is { ByValue: < 0.3, ByClass: < 0.3 } ? 1.0 : 0), 0.45, 0.85);
    }
}
