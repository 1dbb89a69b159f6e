namespace ML.TextToModel.Datasets.Tests;

public sealed class TableSampleTests
{
    [Fact]
    public void Rows_remember_their_place_in_the_files()
    {
        Table first = Load("1,a\n2,\n3,b\n4,a\n"), second = Load("5,rare\n6,b\n7,a\n8,b\n");
        TableSample sample = TableSample.From([first, second], label => label, minRows: 2);

        Assert.Equal([1f, 3, 4, 6, 7, 8], sample.Values);
        Assert.Equal([0, 2, 3, 5, 6, 7], sample.SourceRows);
        Assert.Equal([3, 6], sample.Subset([2, 4]).SourceRows);
    }

    [Fact]
    public void Of_many_categories_those_of_one_row_count_as_missing()
    {
        // Every third category stands in one row, the others in two.
        string rows = string.Concat(Enumerable.Range(0, 90).Select(i =>
            $"c{i},a\n" + (i % 3 == 0 ? "" : $"c{i},b\n")));
        TableSample sample = TableSample.From(Load(rows));
        Assert.Equal(Enumerable.Range(0, 90).Where(i => i % 3 != 0).Select(i => $"c{i}"), sample.Categories[0]);
        Assert.Equal([float.NaN, 0, 0, 1, 1, float.NaN, 2, 2], sample.Values[..8]);
        TableSample few = TableSample.From(Load("c1,a\nc2,b\nc2,a\n"));
        Assert.Equal(["c1", "c2"], few.Categories[0]);
    }

    [Fact]
    public void A_thousand_categories_are_kept_those_of_the_most_rows()
    {
        string rows = string.Concat(Enumerable.Range(0, 1_500).Select(i =>
            string.Concat(Enumerable.Repeat($"c{i},a\n", i >= 400 && i < 1_400 ? 3 : 2))));
        TableSample sample = TableSample.From(Load(rows + "c1,b\n"));
        Assert.Equal(["c1", .. Enumerable.Range(400, 999).Select(i => $"c{i}")], sample.Categories[0]);
    }

    [Fact]
    public void Columns_of_text_and_ids_are_named_as_left_out()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"{i},row number {i} says this,{i % 4},{(i % 2 == 0 ? "a" : "b")}\n"));
        Table table = Table.Load(TestInput.Utf8("id,text,x,label\n" + rows), new() { Label = "label" });
        TableSample sample = TableSample.From(table);
        Assert.Equal(["x"], sample.Columns);
        Assert.Equal(
            [("id", ColumnKind.IdLike), ("text", ColumnKind.Text)],
            sample.LeftOut.Select(column => (column.Name, column.Kind)));
        Assert.Equal(2, sample.Subset([1, 2]).LeftOut.Count);
        TableException alone = Assert.Throws<TableException>(() => TableSample.From(Table.Load(
            TestInput.Utf8("id,text,x,label\n" + rows), new() { Label = "label", Ignore = ["x"] })));
        Assert.EndsWith("are left out: id, text.", alone.Message);
    }

    private static Table Load(string rows) =>
        Table.Load(TestInput.Utf8("x,label\n" + rows), new() { Label = "label", HasHeader = true });
}
