using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class LabelNoiseTests
{
    [Fact]
    public void Few_labels_change_in_some_tables_and_none_in_most()
    {
        const int rows = 1000;
        double[] changed = [.. Enumerable.Range(0, 300).Select(seed =>
        {
            int[] labels = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
            LabelNoise.Apply(new Rng((ulong)seed), labels);
            return labels.Where((label, i) => label != i % 2).Count() / (double)rows;
        })];
        Assert.InRange(changed.Count(share => share == 0), 170, 230);
        Assert.InRange(changed.Max(), 0.02, 0.08);   // half of at most a tenth draws the label it has
    }
}
