using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class TablePriorTests
{
    private static readonly TablePrior s_prior = new();

    private static readonly Lazy<SyntheticTable[]> s_tables = new(
        () => [.. Enumerable.Range(0, 600).Select(seed => s_prior.Draw(new Rng((ulong)seed), 150))]);

    [Theory, InlineData(10), InlineData(20), InlineData(500), InlineData(2000)]
    public void Tables_keep_their_promises(int rows)
    {
        PriorOptions options = new();
        for (ulong seed = 0; seed < 60; seed++) AssertSound(s_prior.Draw(new Rng(seed), rows), rows, options);
    }

    [Fact]
    public void Sizes_keep_to_the_options()
    {
        PriorOptions options = new() { MinFeatures = 3, MaxFeatures = 5, MaxClasses = 4, MaxCategories = 3 };
        TablePrior prior = new(options);
        SyntheticTable[] tables = [.. Enumerable.Range(0, 200).Select(seed => prior.Draw(new Rng((ulong)seed), 100))];
        Assert.All(tables, table => AssertSound(table, 100, options));
        Assert.Equal([3, 4, 5], tables.Select(table => table.Columns).Distinct().Order());
        Assert.Equal([2, 3, 4], tables.Select(table => table.Classes).Distinct().Order());
        Assert.Equal([0, 2, 3], tables.SelectMany(table => table.Categories).Distinct().Order());
    }

    [Fact]
    public void A_hundred_columns_fit_ten_rows()
    {
        PriorOptions options = new() { MinFeatures = 100 };
        AssertSound(new TablePrior(options).Draw(new Rng(1), TablePrior.MinRows), TablePrior.MinRows, options);
    }

    [Fact]
    public void A_seed_gives_one_table_bit_for_bit_from_any_thread()
    {
        SyntheticTable[] drawn = new SyntheticTable[200];
        Parallel.For(
            0, drawn.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            seed => drawn[seed] = s_prior.Draw(new Rng((ulong)seed), 150));
        for (int seed = 0; seed < drawn.Length; seed++) AssertEqual(s_tables.Value[seed], drawn[seed]);
    }

    [Fact]
    public void One_generator_gives_one_table_after_the_other()
    {
        Rng rng = new(1), other = new(1);
        SyntheticTable first = s_prior.Draw(rng, 100), second = s_prior.Draw(rng, 100);
        Assert.False(first.Labels.SequenceEqual(second.Labels));
        other.NextUInt64();
        AssertEqual(second, s_prior.Draw(other, 100));
    }

    [Fact]
    public void Half_of_the_tables_have_two_classes_and_few_columns_are_favoured()
    {
        SyntheticTable[] tables = s_tables.Value;
        Assert.InRange(tables.Average(table => table.Classes == 2 ? 1.0 : 0), 0.45, 0.68);
        Assert.Equal(Enumerable.Range(2, 9), tables.Select(table => table.Classes).Distinct().Order());
        Assert.InRange(tables.Average(table => table.Columns <= 30 ? 1.0 : 0), 0.74, 0.86);
        Assert.InRange(tables.Average(table => table.Columns <= 8 ? 1.0 : 0), 0.3, 0.55);
        Assert.InRange(tables.Max(table => table.Columns), 90, 100);
    }

    [Fact]
    public void Categories_missing_cells_and_imbalance_spread_over_the_tables()
    {
        SyntheticTable[] tables = s_tables.Value;
        Assert.InRange(tables.Average(table => table.Categories.Any(k => k > 0) ? 1.0 : 0), 0.4, 0.75);
        Assert.InRange(tables.Average(table => table.Categories.All(k => k > 0) ? 1.0 : 0), 0.08, 0.3);
        Assert.InRange(tables.Average(table => MissingShare(table) > 0 ? 1.0 : 0), 0.15, 0.35);
        Assert.InRange(tables.Average(MissingShare), 0.004, 0.04);
        double[] binary = [.. tables.Where(table => table.Classes == 2).Select(SmallestShare).Order()];
        Assert.InRange(binary[binary.Length / 10], 0.01, 0.2);
        Assert.InRange(binary[binary.Length / 2], 0.25, 0.48);
        Assert.InRange(binary[^1], 0.45, 0.5);
    }

    [Fact]
    public void Every_component_has_its_share()
    {
        ILookup<string, SyntheticTable> drawn = s_tables.Value.ToLookup(table => table.Component);
        Assert.Equal(1, TablePrior.Mix.Sum(part => part.Share), 1e-9);
        Assert.Equal(
            TablePrior.Mix.Select(part => part.Component.Name).Order(), drawn.Select(group => group.Key).Order());
        Assert.All(TablePrior.Mix, part => Assert.InRange(
            drawn[part.Component.Name].Count() / (double)s_tables.Value.Length, part.Share - 0.05, part.Share + 0.05));
    }

    [Fact]
    public void Too_few_rows_and_wrong_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_prior.Draw(new Rng(1), TablePrior.MinRows - 1));
        PriorOptions wrong = new()
        {
            MinFeatures = 1, MaxFeatures = 0, UsualPercent = 101, MaxClasses = 1, MaxCategories = 1,
        };
        Assert.StartsWith(
            "MinFeatures is 1; it is from 2. MaxFeatures is 0; it is from MinFeatures, 1. " +
            "UsualPercent is 101; it is from 0 to 100. " +
            "MaxClasses is 1; it is from 2. MaxCategories is 1; it is from 2.",
            Assert.Throws<ArgumentException>(() => new TablePrior(wrong)).Message);
    }

    private static void AssertSound(SyntheticTable table, int rows, PriorOptions options)
    {
        Assert.Equal(rows, table.Rows);
        Assert.InRange(table.Columns, options.MinFeatures, options.MaxFeatures);
        Assert.InRange(table.Classes, 2, options.MaxClasses);
        Assert.Equal(rows * table.Columns, table.Values.Length);
        int[] labels = table.Labels.ToArray();
        Assert.Equal(rows, labels.Length);
        Assert.Equal(Enumerable.Range(0, table.Classes), labels.Distinct().Order());
        Assert.True(labels.CountBy(label => label).All(pair => pair.Value >= 2));
        Assert.Equal(table.Columns, table.Categories.Count);
        for (int j = 0; j < table.Columns; j++)
        {
            float[] known = [.. Enumerable.Range(0, rows).Select(i => table.Values[i * table.Columns + j])
                .Where(value => !float.IsNaN(value))];
            Assert.True(known.All(float.IsFinite));
            Assert.True(known.Distinct().Count() >= 2);
            if (table.Categories[j] == 0) continue;
            Assert.InRange(table.Categories[j], 2, options.MaxCategories);
            Assert.True(known.All(value => float.IsInteger(value) && value >= 0 && value < table.Categories[j]));
        }
    }

    private static void AssertEqual(SyntheticTable expected, SyntheticTable actual)
    {
        Assert.Equal(
            expected.Values.ToArray().Select(BitConverter.SingleToInt32Bits),
            actual.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
        Assert.Equal(expected.Categories, actual.Categories);
        Assert.Equal((expected.Classes, expected.Component), (actual.Classes, actual.Component));
    }

    private static double MissingShare(SyntheticTable table) =>
        table.Values.ToArray().Average(value => float.IsNaN(value) ? 1.0 : 0);

    private static double SmallestShare(SyntheticTable table) =>
        table.Labels.ToArray().CountBy(label => label).Min(pair => pair.Value) / (double)table.Rows;
}
