using System.IO.Compression;
using System.Text;

namespace ML.TextToModel.Datasets.Tests;

/// <summary>Small files in memory, and the shared data where it is present.</summary>
internal static class TestInput
{
    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The path of a shared data file; skips the test where the shared data is absent.</summary>
    public static string Shared(string path)
    {
        string? root = Environment.GetEnvironmentVariable("T2M_DATA");
        if (string.IsNullOrEmpty(root)) Assert.Skip("T2M_DATA is not set: this test needs the shared data.");
        return Path.Combine(root, path);
    }

    /// <summary>All rows as texts, missing ones as null.</summary>
    public static List<string?[]> Rows(string text, TableOptions? options = null, string name = "test")
    {
        using TableReader reader = TableReader.Open(Utf8(text), options, name);
        return Rows(reader);
    }

    public static List<string?[]> Rows(TableReader reader)
    {
        var rows = new List<string?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(reader.Row.Text)]);
        return rows;
    }

    public static TableException Fails(string text, TableOptions? options = null, string name = "test") =>
        Assert.Throws<TableException>(() => Rows(text, options, name));

    public static string[] Names(IEnumerable<TableColumn> columns) => [.. columns.Select(column => column.Name)];

    public static ColumnKind[] Kinds(IEnumerable<TableColumn> columns) => [.. columns.Select(column => column.Kind)];
}

/// <summary>Gives what another stream holds, a few bytes at a time and without seeking.</summary>
internal sealed class TrickleStream(byte[] bytes, int step = 1) : ForwardStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(Math.Min(step, buffer.Length), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}

/// <summary>Repeats a line without holding more than one copy of it.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] line, long lines) : ForwardStream
{
    private readonly long _length = head.Length + lines * line.Length;
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int count = 0;
        for (; count < buffer.Length && _position < _length; count++, _position++)
            buffer[count] = _position < head.Length ? head[_position] : line[(_position - head.Length) % line.Length];
        return count;
    }
}
