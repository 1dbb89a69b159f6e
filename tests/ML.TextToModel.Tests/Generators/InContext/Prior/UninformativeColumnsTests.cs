using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class UninformativeColumnsTests
{
    [Fact]
    public void Some_tables_have_shuffled_columns_and_most_columns_stay()
    {
        int tables = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            float[][] columns = TableDraft.NewColumns(10, 50);
            foreach (float[] column in columns) new Rng(seed).FillNormal(column);
            float[] sorted = [.. columns[0].Order()];
            float[] before = [.. columns[0]];
            UninformativeColumns.Apply(new Rng(seed), columns);
            int shuffled = columns.Count(column => !column.SequenceEqual(before));
            Assert.All(columns, column => Assert.Equal(sorted, column.Order()));
            Assert.InRange(shuffled, 0, 4);
            tables += shuffled > 0 ? 1 : 0;
        }
        Assert.InRange(tables, 35, 80);   // 0.35 · 4/5 = 0.28
    }
}
