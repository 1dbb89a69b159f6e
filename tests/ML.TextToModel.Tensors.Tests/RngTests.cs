namespace ML.TextToModel.Tensors.Tests;

public sealed class RngTests
{
    // From xoshiro256** and SplitMix64 written anew in Python.
    [Fact]
    public void The_first_numbers_of_a_seed_never_change()
    {
        Rng rng = new(42);
        Assert.Equal([1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193],
            Draw(rng, 4));
        Assert.Equal([4719960455259140297, 2230753727085314799, 5166654538696099987], Draw(new Rng(42).Split(3), 3));
        Assert.Equal([12396601021258443509, 12514567806948751252], Draw(new Rng(42).Split("weights"), 2));
        rng = new Rng(7);
        Assert.Equal([0.7005764821796896, 0.2787512294737843, 0.8396274618764198],
            new[] { rng.NextDouble(), rng.NextDouble(), rng.NextDouble() });
    }

    [Fact]
    public void A_child_depends_on_seed_and_index_only()
    {
        Rng parent = new(5);
        ulong[] before = Draw(parent.Split(2), 3);
        Draw(parent, 10);
        Assert.Equal(before, Draw(parent.Split(2), 3));
    }

    [Fact]
    public void Children_and_parents_differ()
    {
        HashSet<ulong> first = [];
        for (ulong seed = 0; seed < 30; seed++)
        {
            Assert.True(first.Add(new Rng(seed).NextUInt64()));
            for (ulong index = 0; index < 30; index++)
            {
                Assert.True(first.Add(new Rng(seed).Split(index).NextUInt64()));
                Assert.True(first.Add(new Rng(seed).Split(index).Split(0).NextUInt64()));
            }
        }
    }

    [Fact]
    public void Sequences_of_neighbouring_children_are_not_correlated()
    {
        const int count = 20_000;
        double[] a = new double[count], b = new double[count];
        for (int i = 0; i < count; i++)
        {
            a[i] = new Rng(1).Split((ulong)i).NextNormal();
            b[i] = new Rng(1).Split((ulong)i + 1).NextNormal() * a[i];
        }
        Assert.Equal(0, a.Average(), 4 / Math.Sqrt(count));
        Assert.Equal(0, b.Average(), 4 / Math.Sqrt(count));
    }

    [Fact]
    public void Normals_have_mean_0_deviation_1_and_the_right_tails()
    {
        const int count = 400_000;
        float[] values = new float[count];
        new Rng(3).FillNormal(values);
        double root = Math.Sqrt(count);
        Assert.Equal(0, values.Average(v => (double)v), 4 / root);
        Assert.Equal(1, values.Average(v => (double)v * v), 4 * Math.Sqrt(2) / root);
        Assert.Equal(3, values.Average(v => Math.Pow(v, 4)), 4 * Math.Sqrt(96) / root);
        Assert.Equal(0.0026998, values.Count(v => Math.Abs(v) > 3) / (double)count, 4 * 0.052 / root);
        new Rng(3).FillNormal(values, mean: 10, deviation: 0.5);
        Assert.Equal(10, values.Average(v => (double)v), 2 / root);
    }

    [Fact]
    public void Uniform_numbers_fill_their_range_evenly()
    {
        const int count = 200_000;
        Rng rng = new(4);
        int[] bins = new int[20];
        for (int i = 0; i < count; i++)
        {
            bins[(int)(rng.NextFloat() * 20)]++;
            bins[(int)(rng.NextUniform(-1, 1) * 10 + 10)]++;
        }
        Assert.All(bins, n => Assert.Equal(count / 10.0, n, 5 * Math.Sqrt(count / 10.0)));
    }

    [Fact]
    public void Whole_numbers_are_equally_likely_in_their_range()
    {
        Rng rng = new(6);
        int[] bins = new int[7];
        for (int i = 0; i < 70_000; i++) bins[rng.NextInt(-3, 4) + 3]++;
        Assert.All(bins, n => Assert.Equal(10_000, n, 500.0));
        Assert.Equal(0, rng.NextInt(1));
        Assert.InRange(rng.NextInt(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => rng.NextInt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rng.NextInt(2, 2));
    }

    [Fact]
    public void All_orders_of_a_permutation_are_equally_likely()
    {
        Rng rng = new(8);
        Dictionary<string, int> orders = [];
        for (int i = 0; i < 24_000; i++)
        {
            string order = string.Join("", rng.Permutation(4));
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, n => Assert.Equal(1000, n, 160.0));
        Assert.Empty(rng.Permutation(0));
    }

    [Fact]
    public void A_restored_state_goes_on_where_it_was_saved()
    {
        foreach (int normals in (int[])[0, 1, 2])
        {
            Rng rng = new(9);
            for (int i = 0; i < normals; i++) rng.NextNormal();   // after an odd number, the second of a pair waits
            Rng restored = Rng.Restore(rng.Save());
            for (int i = 0; i < 5; i++) Assert.Equal(rng.NextNormal(), restored.NextNormal());
            Assert.Equal(Draw(rng.Split(1), 2), Draw(restored.Split(1), 2));
        }
        Assert.StartsWith("A state holds 6 numbers, not 2.",
            Assert.Throws<ArgumentException>(() => Rng.Restore([1, 2])).Message);
    }

    private static ulong[] Draw(Rng rng, int count) => [.. Enumerable.Range(0, count).Select(_ => rng.NextUInt64())];
}
