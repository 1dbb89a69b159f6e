namespace ML.TextToModel.Datasets.Tests;

public sealed class ArffTests
{
    private const string Weather = """
        % a comment
        @RELATION weather

        @attribute 'outside temperature' NUMERIC
        @ATTRIBUTE outlook {sunny, 'very rainy',  "None"}
        @attribute note	string
        @attribute day date "yyyy-MM-dd"
        @attribute taken date
        @DATA
        % another
        21.5, sunny, 'it\'s fine, really', 2024-02-29, 1970-01-02T12:00:00

        ?,'very rainy',?,?,?
        3	None	'?'	"2024-03-01"	?
        """;

    [Fact]
    public void Attributes_and_values_are_read()
    {
        using TableReader reader = TableReader.Open(TestInput.Utf8(Weather));
        Assert.Equal(TableFormat.Arff, reader.Format);
        Assert.Equal(["outside temperature", "outlook", "note", "day", "taken"], TestInput.Names(reader.Columns));
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Categorical, ColumnKind.Categorical, ColumnKind.Date,
            ColumnKind.Date], TestInput.Kinds(reader.Columns));
        Assert.Equal(["sunny", "very rainy", "None"], reader.Columns[1].Values);
        Assert.True(reader.Read());
        Assert.Equal((21.5f, 19782f, 1.5f), (reader.Row.Number(0), reader.Row.Number(3), reader.Row.Number(4)));
        Assert.Equal("it's fine, really", reader.Row.Text(2));
        Assert.True(reader.Read());
        Assert.Equal([true, false, true, true, true], Enumerable.Range(0, 5).Select(reader.Row.IsMissing));
        Assert.True(reader.Read());
        // Declared and quoted: values, not marks.
        Assert.Equal(("None", "?"), (reader.Row.Text(1), reader.Row.Text(2)));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Sparse_rows_name_what_is_not_zero() => Assert.Equal(
        [["0", "7", "b", null], ["5", "0", "a", "x y"], ["0", "0", "a", null]],
        TestInput.Rows("@relation r\n@attribute p numeric\n@attribute q numeric\n@attribute c {a,b}\n" +
            "@attribute s string\n@data\n{1 7, 2 b}\n{0 5,3 'x y'}\n{}\n"));

    [Fact]
    public void Columns_can_be_renamed() => Assert.Equal([["1", "a"]],
        TestInput.Rows("@relation r\n@attribute x real\n@attribute y {a}\n@data\n1,a\n",
            new() { Columns = ["p", "q"], Label = "q" }));

    [Theory]
    [InlineData("@relation r\n@attribute a numeric\n@data\n1,2\n", TableFault.RaggedRow, 4)]
    [InlineData("@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1 \n", TableFault.RaggedRow, 5)]
    [InlineData("@relation r\n@attribute a numeric\n@data\nx\n", TableFault.NotANumber, 4)]
    [InlineData("@relation r\n@attribute a date yyyy-MM\n@data\n1999\n", TableFault.NotADate, 4)]
    [InlineData("@relation r\n@attribute a {x,y}\n@data\nz\n", TableFault.UndeclaredValue, 4)]
    [InlineData("@relation r\n@attribute a string\n@data\n'z\n", TableFault.UnterminatedQuote, 4)]
    [InlineData("@relation r\n@attribute a numeric\n@data\n{1 5}\n", TableFault.ArffSyntax, 4)]
    [InlineData("@relation r\n@attribute a numeric\n@data\n{0 5\n", TableFault.ArffSyntax, 4)]
    [InlineData("@relation r\n@attribute a relational\n@data\n1\n", TableFault.ArffSyntax, 2)]
    [InlineData("@relation r\n@attribute a {x,y\n@data\n1\n", TableFault.ArffSyntax, 2)]
    [InlineData("@relation r\n@attribute 'a numeric\n@data\n1\n", TableFault.ArffSyntax, 2)]
    [InlineData("@relation r\n@attribute a numeric\nnonsense\n", TableFault.ArffSyntax, 3)]
    [InlineData("@relation r\n@attribute a numeric\n", TableFault.ArffSyntax, 2)]
    [InlineData("@relation r\n@attribute a real\n@attribute a real\n@data\n1,2\n", TableFault.DuplicateColumn, 0)]
    [InlineData("@relation r\n@attribute a real\n@data\n", TableFault.Empty, 0)]
    [InlineData("@relation r\n", TableFault.ArffHeaderLost, 1)]
    public void Faults_are_named(string text, TableFault fault, long line)
    {
        TableException failure = TestInput.Fails(text);
        Assert.Equal((fault, line), (failure.Fault, failure.Line));
    }

    [Fact]
    public void A_lost_header_says_how_to_read_the_file()
    {
        const string text = "\n\n1,2,a\n3,4,b\n";
        TableException failure = TestInput.Fails(text, name: "rice.arff");
        Assert.Equal(TableFault.ArffHeaderLost, failure.Fault);
        Assert.Equal("rice.arff, line 3: the ARFF header (@relation, @attribute, @data) is lost. " +
            "To read the file as CSV, say that it has no header (--no-header) or name its columns (--columns a,b,…).",
            failure.Message);
        Assert.Equal([["1", "2", "a"], ["3", "4", "b"]],
            TestInput.Rows(text, new() { HasHeader = false }, "rice.arff"));
        Assert.Equal([["1", "2", "a"], ["3", "4", "b"]],
            TestInput.Rows(text, new() { Columns = ["x", "y", "z"] }, "rice.arff"));
    }
}
