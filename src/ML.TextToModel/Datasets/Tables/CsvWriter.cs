using System.Text;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Writes CSV: UTF-8 without a byte order mark, LF, quotes where RFC 4180 or a reader that trims blanks needs them,
/// numbers in the invariant culture with as many digits as bring the same float back.
/// </summary>
public sealed class CsvWriter : IDisposable
{
    private readonly TextWriter _writer;
    private int _fields;
    private bool _loneEmpty;

    /// <summary>Writes to a stream, which is disposed with the writer.</summary>
    public CsvWriter(Stream stream)
        : this(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))) { }

    /// <summary>Writes to a text writer, which is disposed with this one.</summary>
    public CsvWriter(TextWriter writer) => _writer = writer;

    /// <summary>Adds a field; null gives an empty one.</summary>
    public CsvWriter Write(string? value)
    {
        string text = value ?? "";
        if (_fields++ > 0) _writer.Write(',');
        _loneEmpty = _fields == 1 && text.Length == 0;
        if (!NeedsQuotes(text)) _writer.Write(text);
        else
        {
            _writer.Write('"');
            _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        return this;
    }

    /// <summary>Adds a number; NaN gives an empty field.</summary>
    public CsvWriter Write(float value) => Write(float.IsNaN(value) ? "" : value.ToString());

    /// <summary>Adds a number; NaN gives an empty field.</summary>
    public CsvWriter Write(double value) => Write(double.IsNaN(value) ? "" : value.ToString());

    /// <summary>Adds a whole number.</summary>
    public CsvWriter Write(long value) => Write(value.ToString());

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        if (_loneEmpty) _writer.Write("\"\"");   // or it would be a blank line, which readers skip
        _writer.Write('\n');
        _fields = 0;
        _loneEmpty = false;
    }

    /// <summary>Adds all fields of a row and ends it.</summary>
    public void WriteRow(params IEnumerable<string?> values)
    {
        foreach (string? value in values) Write(value);
        EndRow();
    }

    /// <summary>Writes what is buffered and closes the stream.</summary>
    public void Dispose() => _writer.Dispose();

    // A byte order mark as a file's first character would be taken for one.
    private static bool NeedsQuotes(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0
        || text.Length > 0 && (text[0] is ' ' or '\t' or '\uFEFF' || text[^1] is ' ' or '\t');
}
