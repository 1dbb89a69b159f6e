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

    private static Table Load(string rows) =>
        Table.Load(TestInput.Utf8("x,label\n" + rows), new() { Label = "label", HasHeader = true });
}
