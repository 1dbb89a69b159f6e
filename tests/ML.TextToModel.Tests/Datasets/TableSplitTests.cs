using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets.Tests;

public sealed class TableSplitTests
{
    [Fact]
    public void Parts_are_disjoint_complete_and_keep_the_shares_of_classes()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i < 700 ? 0 : i < 990 ? 1 : 2)];
        int[][] parts = TableSplit.Stratified(labels, [0.6, 0.2, 0.2], new Rng(1));
        Assert.Equal(Enumerable.Range(0, 1000), parts.SelectMany(part => part).Order());
        Assert.Equal([600, 200, 200], parts.Select(part => part.Length));
        foreach ((int c, int count) in new[] { (0, 700), (1, 290), (2, 10) })
        {
            Assert.InRange(parts[0].Count(row => labels[row] == c), 0.6 * count - 1, 0.6 * count + 1);
            Assert.InRange(parts[1].Count(row => labels[row] == c), 0.2 * count - 1, 0.2 * count + 1);
        }
    }

    [Fact]
    public void The_seed_decides()
    {
        int[] labels = new int[50];
        int[] Part(ulong seed) => TableSplit.Stratified(labels, [0.5, 0.5], new Rng(seed))[0];
        Assert.Equal(Part(1), Part(1));
        Assert.NotEqual(Part(1), Part(2));
    }
}
