using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class RepresentativeRowsTests
{
    [Fact]
    public void Every_class_gets_its_share_and_each_row_comes_once()
    {
        FeatureRows rows = Rows(300, row => row % 3 == 0 ? 0 : 1);
        int[] chosen = RepresentativeRows.Choose(rows, 90, new Rng(1));
        Assert.Equal(90, chosen.Distinct().Count());
        Assert.Equal(chosen.Order(), chosen);
        Assert.Equal(30, chosen.Count(row => rows.Labels[row] == 0));
    }

    [Fact]
    public void A_class_of_a_single_row_keeps_it()
    {
        FeatureRows rows = Rows(500, row => row == 77 ? 1 : 0);
        Assert.Contains(77, RepresentativeRows.Choose(rows, 20, new Rng(1)));
    }

    [Fact]
    public void As_many_as_there_are_is_all_of_them() =>
        Assert.Equal(Enumerable.Range(0, 40), RepresentativeRows.Choose(Rows(40, row => row % 2), 40, new Rng(1)));

    [Fact]
    public void The_mean_of_the_chosen_strays_less_than_by_chance()
    {
        FeatureRows rows = Rows(2_000, _ => 0);
        double mean = Enumerable.Range(0, 2_000).Average(X);
        double Error(Func<ulong, IEnumerable<int>> choose) =>
            Enumerable.Range(0, 40).Average(seed => Math.Pow(choose((ulong)seed).Average(X) - mean, 2));
        double spread = Error(seed => RepresentativeRows.Choose(rows, 50, new Rng(seed)));
        double chance = Error(seed => new Rng(seed).Permutation(2_000).Take(50));
        Assert.InRange(spread, 0, chance / 3);

        double X(int row) => rows.Features[2 * row];
    }

    [Fact]
    public void All_rows_are_as_likely()
    {
        FeatureRows rows = Rows(60, _ => 0);
        int[] counts = new int[60];
        for (ulong seed = 0; seed < 3_000; seed++)
            foreach (int row in RepresentativeRows.Choose(rows, 7, new Rng(seed))) counts[row]++;
        Assert.All(counts, count => Assert.InRange(count, 350 - 90, 350 + 90));   // five deviations
    }

    private static FeatureRows Rows(int count, Func<int, int> label)
    {
        float[] features = new float[2 * count];
        new Rng(5).FillNormal(features);
        return new(features, 2, [.. Enumerable.Range(0, count).Select(label)]);
    }
}
