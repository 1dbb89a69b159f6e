using System.Text;

namespace ML.TextToModel.Datasets.Tests;

public sealed class TableReaderTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("a|b\n1|x\n2|y\n")]
    [InlineData("a, b\n1, x\n2, y\n")]
    [InlineData("a,b\r\n1,x\r\n2,y")]
    [InlineData("a,b\r1,x\r2,y\r")]
    [InlineData("\n\na,b\n\n1,x\n2,y\n\n\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n \"2\" , \"y\"\n")]
    public void Delimiters_quotes_and_line_ends_are_found(string text)
    {
        using TableReader reader = TableReader.Open(TestInput.Utf8(text));
        Assert.Equal(["a", "b"], TestInput.Names(reader.Columns));
        Assert.Equal([["1", "x"], ["2", "y"]], TestInput.Rows(reader));
    }

    [Fact]
    public void A_file_may_come_byte_by_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("name,text\r\n1,\"a \"\"b\"\"\r\nc\"\r\n2,ü€😀\r\n");
        using TableReader reader = TableReader.Open(new TrickleStream(bytes));
        Assert.Equal([["1", "a \"b\"\r\nc"], ["2", "ü€😀"]], TestInput.Rows(reader));
    }

    [Fact]
    public void Fields_longer_than_the_buffer_survive_plain_and_quoted()
    {
        string plain = new('p', 40_000), quoted = string.Concat(Enumerable.Repeat("q \"\"\n", 9_000));
        List<string?[]> rows = TestInput.Rows($"a,b\n{plain},\"{quoted}\"\n1,2\n",
            new() { HasHeader = true, Delimiter = ',' });
        Assert.Equal([[plain, quoted.Replace("\"\"", "\"", StringComparison.Ordinal)], ["1", "2"]], rows);
    }

    [Fact]
    public void Encodings_are_found()
    {
        const string text = "name,n\nKöln €,1\nŁódź,2\n";
        Encoding[] encodings =
            [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (Encoding encoding in encodings)
        {
            using TableReader reader =
                TableReader.Open(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
            Assert.Equal([["Köln €", "1"], ["Łódź", "2"]], TestInput.Rows(reader));
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_read_as_windows_1252()
    {
        byte[] bytes = [.. "name,n\nK"u8, 0xF6, .. "ln "u8, 0x80, .. ",1\nZ"u8, 0xFC, .. "rich,2\n"u8];
        foreach (int step in new[] { 1, 1000 })
        {
            using TableReader reader = TableReader.Open(new TrickleStream(bytes, step));
            Assert.Equal([["Köln €", "1"], ["Zürich", "2"]], TestInput.Rows(reader));
        }
    }

    [Fact]
    public void Gzip_is_unpacked_whatever_the_name()
    {
        using TableReader reader = TableReader.Open(new MemoryStream(TestInput.Gzip("a,b\n1,x\n"u8.ToArray())));
        Assert.Equal([["1", "x"]], TestInput.Rows(reader));
    }

    [Theory]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,virginica\n", false)]                 // numbers in the first row
    [InlineData("vhigh,small,unacc\nlow,small,acc\nvhigh,big,unacc\n", false)] // its values come again
    [InlineData("?,red\n1,blue\n2,red\n", false)]
    [InlineData("size,colour\n1,blue\n2,red\n", true)]
    [InlineData("colour,shape\nred,round\nred,square\nblue,round\n", true)]    // its values never come again
    [InlineData("name,city\nAnn,Paris\nBob,Rome\n", true)]                     // no sign but the look of names
    [InlineData("name,city\n", true)]
    [InlineData(",x,y\n0,1,2\n1,3,4\n", true)]                                 // a row index without a name
    [InlineData("when,n\n2020-01-01,a\n2020-01-02,b\n", true)]
    [InlineData("2020-01-01,a\n2020-01-02,b\n", false)]
    [InlineData("I liked this film a lot.\nIt was dull.\n", false)]
    public void Headers_are_found(string text, bool hasHeader)
    {
        using TableReader found = TableReader.Open(TestInput.Utf8(text));
        using TableReader told = TableReader.Open(TestInput.Utf8(text), new() { HasHeader = hasHeader });
        Assert.Equal(TestInput.Names(told.Columns), TestInput.Names(found.Columns));
        Assert.Equal(TestInput.Rows(told), TestInput.Rows(found));
    }

    [Fact]
    public void A_first_row_with_a_name_that_the_user_knows_is_a_header()
    {
        const string text = "size,state\nbig,state\nbig,other\n";   // a value is called like its column
        Assert.Equal(3, TestInput.Rows(text).Count);
        Assert.Equal(2, TestInput.Rows(text, new() { Label = "state" }).Count);
        Assert.Equal(2, TestInput.Rows(text, new() { HeaderNames = ["size"] }).Count);
        Assert.Equal(3, TestInput.Rows(text, new() { HeaderNames = ["other"] }).Count);
        Assert.Equal(3, TestInput.Rows(text, new() { HasHeader = false, Label = "2" }).Count);
        Assert.Equal(2, TestInput.Rows("1,a\n2,b\n", new() { HeaderNames = ["1"] }).Count);
    }

    [Fact]
    public void Kinds_are_found()
    {
        var rows = new StringBuilder("id,size,colour,sold,when,remark,code,mixed,flag\n");
        for (int i = 0; i < 40; i++)
        {
            rows.Append($"{7 * i},{i % 9}.5,{(i % 3 == 0 ? "red" : "blue")},{(i % 2 == 0 ? "Yes" : "no")},")
                .Append($"2024-01-{i % 28 + 1:00},")
                .Append($"this is remark number {i} of many,x{i * 31},{(i == 5 ? "high" : "3")},{i % 2}\n");
        }
        using TableReader reader = TableReader.Open(TestInput.Utf8(rows.ToString()));
        Assert.Equal(
            [ColumnKind.IdLike, ColumnKind.Numeric, ColumnKind.Categorical, ColumnKind.Boolean, ColumnKind.Date,
             ColumnKind.Text, ColumnKind.IdLike, ColumnKind.Categorical, ColumnKind.Numeric],
            TestInput.Kinds(reader.Columns));
        reader.Read();
        Assert.Equal(1, reader.Row.Number(3));
        Assert.Equal((float)(new DateTime(2024, 1, 1) - DateTime.UnixEpoch).TotalDays, reader.Row.Number(4));
    }

    [Fact]
    public void Ambiguous_marks_are_missing_among_numbers_only()
    {
        using TableReader reader = TableReader.Open(TestInput.Utf8(
            "n,fence,city\n1,None,Rome\n-,wood,NA\nunknown,wood,?\n,None,-\nNaN,-,null\n2,wood,Rome\n"));
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Categorical, ColumnKind.Categorical],
            TestInput.Kinds(reader.Columns));
        Assert.Equal(
            [["1", "None", "Rome"], [null, "wood", null], [null, "wood", null], [null, "None", "-"],
                [null, "-", null], ["2", "wood", "Rome"]],
            TestInput.Rows(reader));
    }

    [Fact]
    public void Own_missing_marks_replace_the_usual_ones() =>
        Assert.Equal([["1", "NA"], [null, null], [null, "x"]],
            TestInput.Rows("a,b\n1,NA\n-99,\n,x\n", new() { MissingMarks = ["-99"] }));

    [Theory]
    [InlineData("2024-02-29", 19782)]
    [InlineData("2024-02-29T12:00:00Z", 19782.5)]
    [InlineData("2024-02-29 12:00", 19782.5)]
    [InlineData("2024/2/29", 19782)]
    [InlineData("2/29/2024", 19782)]
    [InlineData("29/2/2024", 19782)]
    [InlineData("29.02.2024", 19782)]
    [InlineData("29-Feb-2024", 19782)]
    [InlineData("Feb 29, 2024 18:00:00", 19782.75)]
    public void Dates_become_days_since_1970(string date, double days)
    {
        using TableReader reader = TableReader.Open(TestInput.Utf8($"d\tx\n{date}\t1\n\t2\n"));
        Assert.Equal(ColumnKind.Date, reader.Columns[0].Kind);
        Assert.True(reader.Read());
        Assert.Equal(days, reader.Row.Number(0), 1e-2);
        Assert.True(reader.Read());
        Assert.True(float.IsNaN(reader.Row.Number(0)));
    }

    [Fact]
    public void How_dates_are_written_can_be_told()
    {
        Table found = Table.Load(TestInput.Utf8("d,x\n13/2/2020,1\n1/2/2020,2\n"));
        Assert.Equal((ColumnKind.Date, "d/M/yyyy"), (found.Columns[0].Kind, found.Columns[0].DateStyle));
        Assert.Null(found.Columns[1].DateStyle);
        TableOptions told = new() { Kinds = new Dictionary<string, ColumnKind> { ["d"] = ColumnKind.Date } };
        const string ambiguous = "d,x\n1/2/2020,2\n";
        Assert.Equal(18_262 + 1, Table.Load(TestInput.Utf8(ambiguous), told).Numbers(0)[0]);
        told = told with { DateStyles = new Dictionary<string, string> { ["d"] = "d/M/yyyy" } };
        Assert.Equal(18_262 + 31, Table.Load(TestInput.Utf8(ambiguous), told).Numbers(0)[0]);
    }

    [Fact]
    public void Decimal_commas_are_numbers_between_semicolons()
    {
        Table table = Table.Load(TestInput.Utf8("a;b\n1,5;2\n-0,25;3,5\n"));
        Assert.Equal([1.5f, -0.25f], table.Numbers(0));
        Assert.Equal([2, 3.5f], table.Numbers(1));
    }

    [Fact]
    public void Numbers_beyond_float_are_missing() =>
        Assert.Equal([1, float.NaN, float.NaN], Table.Load(TestInput.Utf8("a,b\n1,x\n1e99,y\ninf,x\n")).Numbers(0));

    [Fact]
    public void Columns_are_named_ignored_and_numbered()
    {
        const string text = "1,2,red\n3,4,blue\n";
        using (TableReader reader = TableReader.Open(TestInput.Utf8(text), new() { Ignore = ["2"], Label = "3" }))
        {
            Assert.Equal(["Column1", "Column3"], TestInput.Names(reader.Columns));
            Assert.Equal([["1", "red"], ["3", "blue"]], TestInput.Rows(reader));
            Assert.Equal(1, reader.LabelIndex);
            Assert.Equal(1, reader.IndexOf("3"));
            Assert.Equal(2, reader.Columns[1].Index);
        }
        using (TableReader reader =
            TableReader.Open(TestInput.Utf8(text), new() { Columns = ["a", "1", "c"], Label = "1" }))
            Assert.Equal("1", reader.Columns[reader.LabelIndex].Name);   // a name goes before a number
    }

    [Fact]
    public void The_label_is_categorical_and_kinds_can_be_told()
    {
        var kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Categorical };
        var options = new TableOptions { Label = "y", Kinds = kinds };
        using TableReader reader = TableReader.Open(TestInput.Utf8("x,y\n1,0\n2,1\n"), options);
        Assert.Equal([ColumnKind.Categorical, ColumnKind.Categorical], TestInput.Kinds(reader.Columns));
    }

    [Fact]
    public void Given_names_replace_those_of_the_header() =>
        Assert.Equal([["1", "x"]], TestInput.Rows("a,b\n1,x\n", new() { Columns = ["p", "q"] }));

    [Fact]
    public void Bad_rows_are_reported_in_their_place()
    {
        var kinds = new Dictionary<string, ColumnKind> { ["n"] = ColumnKind.Numeric };
        var options = new TableOptions { BadRows = BadRows.Report, HasHeader = true, Kinds = kinds };
        using TableReader reader = TableReader.Open(TestInput.Utf8("n,s\n1,a\n2\n3,\"x\"y,z\nfour,d\n5,e\n"), options);
        var seen = new List<(long, TableFault?, float)>();
        while (reader.Read()) seen.Add((reader.Row.Line, reader.Row.Fault, reader.Row.Number(0)));
        Assert.Equal(
            [(2, null, 1), (3, TableFault.RaggedRow, float.NaN), (4, TableFault.StrayQuote, float.NaN),
             (5, TableFault.NotANumber, float.NaN), (6, null, 5)], seen);
    }

    [Fact]
    public void Tables_skip_and_list_bad_rows()
    {
        Table table = Table.Load(TestInput.Utf8("n,s\n1,a\n2\n3,c\n"), new() { BadRows = BadRows.Report });
        Assert.Equal([1, 3], table.Numbers(0));
        Assert.Equal("a c", string.Join(' ', table.Texts(1)));
        Assert.Equal((3, "the table has 2 columns; fields here: 1."),
            (table.Skipped[0].Line, table.Skipped[0].Reason));
    }

    [Fact]
    public void Tables_count_all_bad_rows_and_list_the_first_hundred()
    {
        string csv = "n,s\n" + string.Concat(Enumerable.Range(0, 250).Select(i => i % 2 == 0 ? "1,a\n" : "2\n"));
        Table table = Table.Load(TestInput.Utf8(csv), new() { BadRows = BadRows.Report });
        Assert.Equal((125, 125L, 100), (table.RowCount, table.SkippedCount, table.Skipped.Count));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 3L + 2 * i), table.Skipped.Select(row => row.Line));
    }

    [Fact]
    public void Tables_find_kinds_from_all_rows()
    {
        string text = "n,s\n" + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"{i % 50},a\n")) + "many,b\n";
        Assert.Equal(ColumnKind.Categorical, Table.Load(TestInput.Utf8(text)).Columns[0].Kind);
        Assert.Equal(TableFault.NotANumber, TestInput.Fails(text).Fault);   // a reader has seen the first rows only
    }

    [Fact]
    public void Stray_quotes_within_fields_are_kept() =>
        Assert.Equal([["1", "5\" pipe"], ["2", "a"]], TestInput.Rows("n,s\n1,5\" pipe\n2,\"a\"\n"));

    [Fact]
    public void A_file_whose_quotes_do_not_pair_is_read_without_quoting()
    {
        using TableReader reader =
            TableReader.Open(TestInput.Utf8("label\ttext\n1\t\" The pie\n0\the said \" so\n1\t\"x\" y\n"));
        Assert.Equal([["1", "\" The pie"], ["0", "he said \" so"], ["1", "\"x\" y"]], TestInput.Rows(reader));
    }

    [Fact]
    public void One_column_of_sentences_is_no_csv() =>
        Assert.Equal([["Well, yes."], ["No."], ["One, two, three, four."], ["Who knows?"]],
            TestInput.Rows("Well, yes.\nNo.\nOne, two, three, four.\nWho knows?\n"));
}
