using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class RareClassesTests
{
    [Fact]
    public void Classes_of_one_row_join_the_largest_and_empty_ones_vanish()
    {
        int[] labels = [0, 3, 3, 3, 5, 5, 1];
        Assert.Equal(2, RareClasses.Merge(new Rng(1), labels, 7));
        Assert.All(new[] { 0, 2, 3, 6 }, i => Assert.Equal(labels[1], labels[i]));
        Assert.Equal(1 - labels[1], labels[4]);
        Assert.Equal(labels[4], labels[5]);
    }

    [Fact]
    public void Names_of_classes_are_in_random_order()
    {
        string[] orders = [.. Enumerable.Range(0, 60).Select(seed =>
        {
            int[] labels = [0, 0, 1, 1, 2, 2];
            Assert.Equal(3, RareClasses.Merge(new Rng((ulong)seed), labels, 3));
            return string.Join(',', labels[0], labels[2], labels[4]);
        })];
        Assert.Equal(6, orders.Distinct().Count());
    }

    [Fact]
    public void A_single_class_stays_one()
    {
        int[] labels = [4, 4, 2];
        Assert.Equal(1, RareClasses.Merge(new Rng(1), labels, 5));
        Assert.Equal([0, 0, 0], labels);
    }
}
