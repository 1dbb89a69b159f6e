namespace ML.TextToModel.Datasets.Tests;

public sealed class TableLimitTests
{
    [Fact]
    public void Of_a_large_table_rows_are_kept_evenly_and_the_same_each_time()
    {
        string csv = "i,word\n"
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i}.5,{(char)('a' + i % 3)}\n"));
        Table Load() => Table.Load(TestInput.Utf8(csv), new() { MaxCells = 2_000 });
        Table table = Load();
        Assert.Equal((1_000, 10_000), (table.RowCount, table.FileRowCount));
        float[] kept = table.Numbers(0);
        Assert.Equal(1_000, kept.Distinct().Count());
        Assert.InRange(kept.Average(), 4_600, 5_400);   // three standard errors
        Assert.InRange(kept.Count(i => i >= 9_000), 70, 130);
        Assert.Equal(kept, Load().Numbers(0));
    }

    [Fact]
    public void Fields_of_one_row_stay_together()
    {
        string csv = "i,j\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i}.25,{2 * i}.5\n"));
        Table table = Table.Load(TestInput.Utf8(csv), new() { MaxCells = 60 });
        Assert.Equal(30, table.RowCount);
        Assert.All(table.Numbers(0).Zip(table.Numbers(1)), pair => Assert.Equal(2 * pair.First, pair.Second));
    }

    [Fact]
    public void Kinds_are_found_from_all_rows()
    {
        string csv = "a,b\n" + string.Concat(Enumerable.Range(0, 999).Select(i => $"{i},x\n")) + "no number,x\n";
        Table table = Table.Load(TestInput.Utf8(csv), new() { MaxCells = 10 });
        Assert.False(table.Columns[0].IsNumber);
    }

    [Fact]
    public void Of_long_rows_fewer_are_kept_evenly()
    {
        string csv = "i,text\n"
            + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i}.5,{new string('x', 636)} {i:D4}\n"));
        Table table = Table.Load(TestInput.Utf8(csv), new() { MaxCells = 4_000 });
        // 646 characters count as 40 fields.
        Assert.Equal((100, 2_000), (table.RowCount, table.FileRowCount));
        float[] kept = table.Numbers(0);
        Assert.Equal(kept, table.Texts(1).Select(text => int.Parse(text![^4..]) + 0.5f));
        Assert.Equal(100, kept.Distinct().Count());
        Assert.InRange(kept.Average(), 827, 1_173);   // three standard errors
    }

    [Fact]
    public void A_small_table_is_kept_whole() => Assert.Equal(
        (2, 2L), (Table.Load(TestInput.Utf8("a,b\n1,2\n3,4\n"), new() { MaxCells = 4 }) is var table
            ? (table.RowCount, table.FileRowCount) : default));
}
