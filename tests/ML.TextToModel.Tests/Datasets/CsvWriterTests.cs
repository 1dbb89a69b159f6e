using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ML.TextToModel.Datasets.Tests;

public sealed class CsvWriterTests
{
    private static readonly TableOptions Written =
        new() { Format = TableFormat.Delimited, Delimiter = ',', Quoted = true, HasHeader = false, MissingMarks = [] };

    [Fact]
    public void Fields_are_quoted_where_they_must_be_and_rows_end_in_LF() => Assert.Equal(
        "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",,i j\n\"\"\n1.1,,-3,0.1\n",
        Write(csv =>
        {
            csv.WriteRow("a", "b,c", "d\"e", "f\ng", " h", null, "i j");
            csv.WriteRow("");
            csv.Write(1.1f).Write(float.NaN).Write(-3).Write(0.1).EndRow();
        }));

    [Fact]
    public void Any_strings_come_back() => Check.QuickThrowOnFailure(Prop.ForAll<string[][]>(strings =>
    {
        string[][] rows = Rectangle(strings);
        if (rows.Length == 0) return true;
        using TableReader reader =
            TableReader.Open(TestInput.Utf8(Write(csv => Array.ForEach(rows, row => csv.WriteRow(row)))), Written);
        foreach (string[] row in rows)
        {
            if (!reader.Read()) return false;
            for (int i = 0; i < row.Length; i++)
                if (!reader.Row[i].SequenceEqual(row[i])) return false;
        }
        return !reader.Read();
    }));

    [Fact]
    public void Awkward_strings_come_back()
    {
        string[] row = ["\"", "\"\"", ",", "\n", "\r", "\r\n", " ", "\t", "\uFEFF", "", "a\"b", "\"a\"", "ü😀", "NA",
            "?", "'", "{", "@relation"];
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Shuffle(row).ToArbitrary(), shuffled =>
        {
            using TableReader reader = TableReader.Open(TestInput.Utf8(Write(csv => csv.WriteRow(shuffled))), Written);
            return reader.Read() && Enumerable.Range(0, row.Length).All(i => reader.Row[i].SequenceEqual(shuffled[i]));
        }));
    }

    [Fact]
    public void Any_finite_floats_come_back() => Check.QuickThrowOnFailure(Prop.ForAll<float[]>(values =>
    {
        float[] finite = [1, .. values.Where(float.IsFinite)];
        string text = Write(csv =>
        {
            csv.WriteRow("value");
            foreach (float value in finite)
            {
                csv.Write(value);
                csv.EndRow();
            }
        });
        var kinds = new Dictionary<string, ColumnKind> { ["value"] = ColumnKind.Numeric };
        var options = new TableOptions { HasHeader = true, Kinds = kinds };
        return Table.Load(TestInput.Utf8(text), options).Numbers(0).SequenceEqual(finite);
    }));

    private static string Write(Action<CsvWriter> fill)
    {
        var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream)) fill(csv);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>
    /// Rows of one width, of text that UTF-8 can hold: no half characters, and no NUL, which marks a binary file.
    /// </summary>
    private static string[][] Rectangle(string[][] strings)
    {
        int width = strings.Length == 0 ? 0 : strings.Max(row => row?.Length ?? 0);
        return width == 0 ? [] : [.. strings.Select(row =>
            Enumerable.Range(0, width).Select(i => Clean(row, i)).ToArray())];

        static string Clean(string[]? row, int i) => row is null || i >= row.Length || row[i] is null
            ? "" : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(row[i])).Replace('\0', ' ');
    }
}
