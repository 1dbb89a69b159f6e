using System.Text;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for tables and texts: delimited, ARFF, JSON, GLUE.</summary>
internal static class TableFuzz
{
    private const string Quoted =
        "name;size;note\r\n\"a;b\";1,5;\"two\nlines\"\r\n\"say \"\"x\"\"\";?;\r\nc;-3;plain\r\n";

    public static IReadOnlyList<byte[]> Delimited { get; } =
    [
        ("39, State-gov, 77516, Bachelors, <=50K\n50, Self-emp, 83311, ?, <=50K\n"u8
            + "38, Private, 215646, HS-grad, >50K\n"u8).ToArray(),
        ("\"age\";\"job\";\"y\"\n58;\"management\";\"no\"\n"u8
            + "44;\"technician\";\"yes\"\n33;\"entrepreneur\";\"no\"\n"u8).ToArray(),
        "id\tdate\tflag\n1\t2024-02-29\ttrue\n2\t2024-03-01\tfalse\n3\tNA\ttrue\n"u8.ToArray(),
        Encoding.UTF8.GetBytes(Quoted),
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Quoted)],
        Compressed.Gzip(Encoding.UTF8.GetBytes(Quoted)),
    ];

    public static IReadOnlyList<byte[]> Arff { get; } =
    [
        ("@relation t\n% note\n@attribute 'a b' numeric\n@attribute c {x, 'y z'}\n@attribute d date \"yyyy-MM-dd\"\n"u8
            + "@data\n1.5, x, \"2024-01-02\"\n?, 'y z', ?\n"u8).ToArray(),
        ("@RELATION s\n@ATTRIBUTE a REAL\n@ATTRIBUTE b INTEGER\n@ATTRIBUTE c STRING\n"u8
            + "@DATA\n{0 1.5, 2 'text'}\n{1 3}\n"u8).ToArray(),
    ];

    public static IReadOnlyList<byte[]> Json { get; } =
    [
        "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5e3, \"b\": null}\n{\"b\": \"\\u00e9\", \"a\": true}\n"u8.ToArray(),
        "[{\"a\": 1, \"b\": \"x\"}, {\"a\": -2, \"b\": \"y\"}]"u8.ToArray(),
        ("{\"0\": {\"text_a\": \"one\", \"text_b\": \"two\", \"label\": \"no\"}, "u8
            + "\"1\": {\"text_a\": \"three\", \"text_b\": \"four\", \"label\": \"yes\"}}"u8).ToArray(),
    ];

    /// <summary>Tables of any format.</summary>
    public static IReadOnlyList<byte[]> Tables { get; } = [.. Delimited, .. Arff, .. Json];

    public static IReadOnlyList<byte[]> Glue { get; } =
    [
        ("index\tsentence1\tsentence2\tlabel\n"u8
            + "0\tI stuck a pin.\tIt has a hole.\t1\n1\tHe \"quoted.\tNo.\t0\n"u8).ToArray(),
        Json[2],
    ];

    public static void ReadDelimited(byte[] data) => ReadRows(data, TableFormat.Delimited);

    public static void ReadArff(byte[] data) => ReadRows(data, TableFormat.Arff);

    public static void ReadJson(byte[] data) => ReadRows(data, TableFormat.Json);

    public static void LoadTable(byte[] data) =>
        Table.Load(new MemoryStream(data), new TableOptions { BadRows = BadRows.Report });

    public static void LoadGlue(byte[] data) =>
        TextSet.Load(new MemoryStream(data), TextTask.Find("WNLI"), BadRows.Report);

    private static void ReadRows(byte[] data, TableFormat format)
    {
        TableOptions options = new() { Format = format, BadRows = BadRows.Report };
        using TableReader reader = TableReader.Open(new MemoryStream(data), options, "fuzz");
        while (reader.Read())
        {
            for (int i = 0; i < reader.Columns.Count && reader.Row.Error is null; i++)
                if (reader.Columns[i].IsNumber) reader.Row.Number(i);
        }
    }
}
