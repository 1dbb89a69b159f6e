using System.Text;

namespace ML.TextToModel.Datasets.Tests;

public sealed class TableFaultTests
{
    private static readonly TableOptions Strict = new() { Delimiter = ',', Quoted = true, HasHeader = true };

    public static TheoryData<string, TableOptions, TableFault, long> Damaged => new()
    {
        { "", new(), TableFault.Empty, 0 },
        { "\n\r\n \n", new(), TableFault.Empty, 0 },
        { "a,b\n1\0,2\n", new(), TableFault.NotText, 0 },
        { "a,b\n1,2\n3,4,5\n", Strict, TableFault.RaggedRow, 3 },
        { "a,b\n1,2\n3\n", Strict, TableFault.RaggedRow, 3 },
        { "a,b\n1,\"x\"y\n", Strict, TableFault.StrayQuote, 2 },
        { "a,b\n1,\"x\n", Strict, TableFault.UnterminatedQuote, 2 },
        { "a,\"b\n", Strict, TableFault.UnterminatedQuote, 1 },
        { "a,b\n1," + new string('x', TableLimits.FieldChars + 1), Strict, TableFault.FieldTooLong, 2 },
        { "a,b\n1,\"" + new string('x', TableLimits.FieldChars + 1) + "\n3,4\n", Strict, TableFault.FieldTooLong, 2 },
        { "a\n" + string.Concat(Enumerable.Repeat(new string('x', TableLimits.FieldChars) + ",", 17)), Strict,
            TableFault.RowTooLong, 2 },
        { "a\n" + new string(',', TableLimits.Columns), Strict, TableFault.TooManyColumns, 2 },
        { "a,b,a\n1,2,3\n", Strict, TableFault.DuplicateColumn, 0 },
        { new string('n', TableLimits.NameChars + 1) + ",b\n1,2\n", Strict, TableFault.FieldTooLong, 0 },
        { "a,b\n1,2\n", Strict with { Ignore = ["c"] }, TableFault.UnknownColumn, 0 },
        { "a,b\n1,2\n", Strict with { Label = "3" }, TableFault.UnknownColumn, 0 },
        { "a,b\n1,2\n", Strict with { Columns = ["x"] }, TableFault.ColumnCount, 0 },
        { "a,b\n1,2\n", Strict with { Label = "b", Ignore = ["2"] }, TableFault.LabelIgnored, 0 },
        { "a,b\n1,2\nx,4\n", Kind(ColumnKind.Numeric), TableFault.NotANumber, 3 },
        { "a,b\n2020-01-01,2\nx,4\n", Kind(ColumnKind.Date), TableFault.NotADate, 3 },
        { "a,b\nyes,2\nx,4\n", Kind(ColumnKind.Boolean), TableFault.NotABoolean, 3 },
    };

    [Theory, MemberData(nameof(Damaged))]
    public void The_fault_and_its_line_are_named(string text, TableOptions options, TableFault fault, long line)
    {
        TableException failure = TestInput.Fails(text, options);
        Assert.Equal((fault, line, "test"), (failure.Fault, failure.Line, failure.File));
        Assert.StartsWith(line > 0 ? $"test, line {line}: " : "test: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        TableException failure = Assert.Throws<TableException>(() => TableReader.Open("no/such/file.csv"));
        Assert.Equal((TableFault.NotFound, "no/such/file.csv"), (failure.Fault, failure.File));
        Assert.Equal(TableFault.NotFound, Assert.Throws<TableException>(() => Table.Load(Path.GetTempPath())).Fault);
    }

    [Fact]
    public void Damaged_gzip_is_named()
    {
        byte[] noise = new byte[200_000];
        for (int i = 0; i < noise.Length; i++) noise[i] = (byte)('a' + i * i % 23);
        byte[] packed = TestInput.Gzip(noise);
        byte[] flipped = (byte[])packed.Clone();
        flipped[packed.Length / 2] ^= 0xFF;
        foreach (byte[] bytes in new[] { packed[..(packed.Length / 2)], flipped, [0x1F, 0x8B, 8, 0, 1] })
        {
            TableException failure = Assert.Throws<TableException>(() =>
            {
                using TableReader reader =
                    TableReader.Open(new MemoryStream(bytes), new() { BadRows = BadRows.Report });
                while (reader.Read()) { }
            });
            Assert.Equal(TableFault.BadGzip, failure.Fault);
        }
    }

    [Fact]
    public void Gzip_may_have_members_but_no_byte_may_lack()
    {
        byte[] member = TestInput.Gzip("a,b\n1,2\n"u8.ToArray());
        byte[] whole = [.. member, .. TestInput.Gzip("3,4\n"u8.ToArray())];
        using (TableReader reader = TableReader.Open(new MemoryStream(whole)))
            Assert.Equal([["1", "2"], ["3", "4"]], TestInput.Rows(reader));
        for (int length = 2; length < whole.Length; length++)
        {
            if (length == member.Length) continue;   // a whole file again
            Assert.Equal(TableFault.BadGzip, Assert.Throws<TableException>(() =>
                TableReader.Open(new MemoryStream(whole[..length]))).Fault);
        }
    }

    [Fact]
    public void Utf16_without_a_mark_is_no_text() =>
        Assert.Equal(TableFault.NotText, Assert.Throws<TableException>(() =>
            TableReader.Open(new MemoryStream(Encoding.Unicode.GetBytes("a,b\n1,2\n")))).Fault);

    [Fact]
    public void Messages_say_what_where_and_what_to_do() => Assert.Equal(
        "test, line 3: column 'a' has the value 'x', which is not a number. " +
        "Mend it, declare it a missing mark, or give the column another kind.",
        TestInput.Fails("a,b\n1,2\nx,4\n", Kind(ColumnKind.Numeric)).Message);

    [Fact]
    public void An_unknown_column_is_answered_with_the_known_ones() => Assert.Equal(
        "test: there is no column 'c'. The columns are a, b.",
            TestInput.Fails("a,b\n1,2\n", Strict with { Label = "c" }).Message);

    [Fact]
    public void The_stream_is_closed_when_opening_fails()
    {
        MemoryStream stream = TestInput.Utf8("");
        Assert.Throws<TableException>(() => TableReader.Open(stream));
        Assert.False(stream.CanRead);
    }

    private static TableOptions Kind(ColumnKind kind) =>
        Strict with { Kinds = new Dictionary<string, ColumnKind> { ["a"] = kind } };
}
