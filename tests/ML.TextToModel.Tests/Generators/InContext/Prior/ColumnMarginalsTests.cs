using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class ColumnMarginalsTests
{
    private static float[] Normal(int rows = 4000)
    {
        float[] column = new float[rows];
        NormalTable.Fill(new Rng(1), column);
        return column;
    }

    [Fact]
    public void Maps_keep_the_order_of_the_values()
    {
        float[] column = Normal(501);
        Action<float[]>[] maps =
        [
            c => ColumnMarginals.LogNormal(c, 0.8), c => ColumnMarginals.Power(c, 0.5),
            c => ColumnMarginals.Power(c, 3), c => ColumnMarginals.HeavyTails(c, 1.2),
            c => ColumnMarginals.ZeroInflated(c, 0.2), c => ColumnMarginals.ByRank(new Rng(1), c),
            c => ColumnMarginals.ByRank(new Rng(2), c), c => ColumnMarginals.ByRank(new Rng(3), c),
        ];
        foreach (Action<float[]> map in maps)
        {
            float[] mapped = [.. column];
            map(mapped);
            Array.Sort([.. column], mapped);
            Assert.All(mapped.Zip(mapped.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        }
    }

    [Fact]
    public void The_logarithm_of_a_log_normal_column_is_normal()
    {
        float[] column = Normal();
        ColumnMarginals.LogNormal(column, 0.7);
        float[] logarithms = [.. column.Select(value => MathF.Log(value))];
        Assert.InRange(ColumnStatistics.Deviation(logarithms), 0.67, 0.73);
        Assert.InRange(ColumnStatistics.Skewness(column), 1.5, 6);
    }

    [Fact]
    public void Heavy_tails_are_heavy_on_both_sides_and_zero_inflation_makes_zeros()
    {
        float[] heavy = Normal(), zeros = Normal();
        ColumnMarginals.HeavyTails(heavy, 1);
        ColumnMarginals.ZeroInflated(zeros, 0.5);
        Assert.InRange(ColumnStatistics.Kurtosis(heavy), 5, 40);
        Assert.InRange(zeros.Count(value => value == 0) / 4000.0, 0.66, 0.72);   // below half a deviation: 0.69
    }

    [Fact]
    public void Equal_values_get_one_rank()
    {
        float[] column = [2, 1, 2, 1, 1, 3];
        ColumnMarginals.ByRank(new Rng(1), column);
        Assert.Equal(3, column.Distinct().Count());
        Assert.Equal(column[0], column[2]);
    }

    [Fact]
    public void A_third_of_the_tables_stays_as_it_is_and_the_rest_is_mapped_in_part_or_as_a_whole()
    {
        int[] mapped = [.. Enumerable.Range(0, 200).Select(seed =>
        {
            TableDraft draft = new(400, 8, 2, 1, new PriorOptions());
            Rng rng = new((ulong)seed);
            foreach (float[] column in draft.Columns)
            {
                NormalTable.Fill(rng, column);
                ColumnMath.Standardise(column);
            }
            float[][] before = [.. draft.Columns.Select(column => column.ToArray())];
            ColumnMarginals.Apply(rng, draft);
            return Enumerable.Range(0, 8).Count(
                j => before[j].Zip(draft.Columns[j], (a, b) => Math.Abs(a - b)).Max() > 0.01);
        })];
        Assert.InRange(mapped.Count(columns => columns == 0), 55, 100);
        Assert.InRange(mapped.Count(columns => columns == 8), 40, 85);
        Assert.InRange(mapped.Count(columns => columns is > 0 and < 8), 40, 100);
    }
}
