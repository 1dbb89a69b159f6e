using System.Text;

namespace ML.TextToModel.Datasets.Tests;

public sealed class JsonTableTests
{
    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x\"}\n{\"b\":null,\"a\":2.5}\n\n{\"a\":-3e2}\n")]
    [InlineData("[{\"a\":1,\"b\":\"x\"},\n {\"b\":null,\"a\":2.5}, {\"a\":-3e2}]")]
    [InlineData("{\"0\": {\"a\":1,\"b\":\"x\"},\n \"1\": {\"b\":null,\"a\":2.5}, \"2\": {\"a\":-3e2}}")]
    public void Lines_arrays_and_members_give_the_same_rows(string text)
    {
        foreach (int step in new[] { 1, 7, 10_000 })
        {
            using TableReader reader = TableReader.Open(new TrickleStream(Encoding.UTF8.GetBytes(text), step));
            Assert.Equal(TableFormat.Json, reader.Format);
            Assert.Equal(["a", "b"], TestInput.Names(reader.Columns));
            Assert.Equal([ColumnKind.Numeric, ColumnKind.Categorical], TestInput.Kinds(reader.Columns));
            Assert.Equal([["1", "x"], ["2.5", null], ["-3e2", null]], TestInput.Rows(reader));
        }
    }

    [Fact]
    public void Strings_are_unescaped_and_truth_values_are_boolean()
    {
        using TableReader reader =
            TableReader.Open(TestInput.Utf8(
                "[{\"s\":\"a\\n\\u00fc\\ud83d\\ude00\\\"\",\"t\":true},{\"s\":\" b \",\"t\":false}]"));
        Assert.Equal(ColumnKind.Boolean, reader.Columns[1].Kind);
        Assert.Equal([["a\nü😀\"", "true"], [" b ", "false"]], TestInput.Rows(reader));
    }

    [Fact]
    public void Chosen_columns_leave_the_others_out()
    {
        const string text = "[{\"a\":1,\"deep\":{\"z\":[1,{}]},\"b\":\"x\"},{\"a\":2,\"b\":\"y\",\"new\":3}]";
        Assert.Equal([["x", "1"], ["y", "2"]], TestInput.Rows(text, new() { Columns = ["b", "a"] }));
        Assert.Equal("test: none of the first 2 rows has a field 'c'.",
            TestInput.Fails(text, new() { Columns = ["a", "c"] }).Message);
        Assert.Equal(TableFault.DuplicateColumn, TestInput.Fails(text, new() { Columns = ["a", "a"] }).Fault);
    }

    [Fact]
    public void Long_strings_and_large_files_pass_through_the_buffer()
    {
        string s = new('s', 300_000);
        string text = string.Concat(Enumerable.Range(0, 5).Select(i => $"{{\"s\":\"{s}{i}\"}}\n"));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => s + i), TestInput.Rows(text).Select(row => row[0]));
    }

    [Theory]
    [InlineData("[{\"a\":1}, 5]", TableFault.NotAnObject, 1)]
    [InlineData("[{\"a\":1},\n[1,2]]", TableFault.NotAnObject, 2)]
    [InlineData("[{\"a\":1},\n{\"a\":[1]}]", TableFault.NestedValue, 2)]
    [InlineData("[{\"a\":1},\n{\"a\":1,\"a\":2}]", TableFault.DuplicateColumn, 2)]
    [InlineData("[{\"a\":1},\n{\"a\":1", TableFault.NotJson, 2)]
    [InlineData("[{\"a\":1}] x", TableFault.NotJson, 1)]
    [InlineData("{\"a\":1}\n{\"a\":}\n", TableFault.NotJson, 2)]
    [InlineData("{\"a\":1}\n{\"a\":\"\\ud800\"}\n", TableFault.NotJson, 2)]
    [InlineData("[]", TableFault.Empty, 0)]
    [InlineData("{}", TableFault.Empty, 0)]
    public void Faults_are_named(string text, TableFault fault, long line)
    {
        TableException failure = TestInput.Fails(text);
        Assert.Equal((fault, line), (failure.Fault, failure.Line));
    }

    [Fact]
    public void A_string_without_end_is_too_long()
    {
        string text = "[{\"a\":1},{\"a\":\"" + new string('x', 8_000_000);
        Assert.Equal(TableFault.FieldTooLong, TestInput.Fails(text).Fault);
        Assert.Equal(TableFault.FieldTooLong, TestInput.Fails("{\"" + new string('n', 2_000) + "\":1}").Fault);
        string many = "{" + string.Join(",", Enumerable.Range(0, TableLimits.Columns + 1)
            .Select(i => $"\"c{i}\":1")) + "}";
        Assert.Equal(TableFault.TooManyColumns, TestInput.Fails(many).Fault);
    }

    [Fact]
    public void A_new_field_after_the_first_rows_is_a_fault()
    {
        string text = string.Concat(Enumerable.Repeat("{\"a\":1}\n", TableLimits.SniffRows)) + "{\"a\":1,\"b\":2}\n";
        TableException failure = TestInput.Fails(text);
        Assert.Equal((TableFault.UnknownKey, 1001L), (failure.Fault, failure.Line));
        Assert.Equal(1001, TestInput.Rows(text, new() { Columns = ["a"] }).Count);
    }

    [Fact]
    public void Reading_goes_on_behind_a_damaged_line()
    {
        using TableReader reader =
            TableReader.Open(TestInput.Utf8(
                "{\"a\":1}\n{\"a\":\n{\"a\":3}\n{\"a\":[4]}\n{\"a\":\"5}\n{\"a\":6}\nx\n{\"a\":7} 8"),
            new() { BadRows = BadRows.Report });
        var seen = new List<TableFault?>();
        while (reader.Read()) seen.Add(reader.Row.Fault);
        Assert.Equal([null, TableFault.NotJson, null, TableFault.NestedValue, TableFault.NotJson, null,
            TableFault.NotJson, TableFault.NotJson], seen);
    }
}
