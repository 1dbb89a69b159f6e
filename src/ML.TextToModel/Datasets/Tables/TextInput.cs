using System.Text;

namespace ML.TextToModel.Datasets;

/// <summary>
/// The characters of a file: unpacked if it is gzip, decoded from UTF-8, UTF-16 with a byte order mark or Windows-1252,
/// with a sample of the beginning to look at before reading.
/// </summary>
internal sealed class TextInput : IDisposable
{
    private const int SampleChars = 1 << 16;
    private readonly TextReader _reader;
    private readonly char[] _sample;
    private int _used;

    public TextInput(TextReader reader, string file)
    {
        (_reader, File) = (reader, file);
        char[] sample = new char[SampleChars];
        int length = 0, count = 1;
        while (length < SampleChars && count > 0) length += count = ReadDirectly(sample.AsSpan(length));
        SampleIsAll = length < SampleChars;
        _sample = sample[..length];
        if (!_sample.Contains('\0')) return;
        throw new TableException(TableFault.NotText, file, 0,
            "this is no text: it holds NUL characters. If it is UTF-16, save it with a byte order mark or as UTF-8.");
    }

    public string File { get; }

    /// <summary>The first 65,536 characters.</summary>
    public ReadOnlySpan<char> Sample => _sample;

    /// <summary>Whether the file ends within the sample.</summary>
    public bool SampleIsAll { get; }

    /// <summary>Takes the stream over, also when it throws.</summary>
    public static TextInput Open(Stream stream, string file)
    {
        try
        {
            PeekStream bytes = PeekStream.Unpack(stream);
            Encoding encoding = bytes.Peek(2) switch
            {
                [0xFF, 0xFE] => Encoding.Unicode,
                [0xFE, 0xFF] => Encoding.BigEndianUnicode,
                _ => Windows1252Fallback.Utf8,
            };
            return new TextInput(new StreamReader(bytes, encoding, detectEncodingFromByteOrderMarks: false), file);
        }
        catch (InvalidDataException damage)
        {
            stream.Dispose();
            throw BadGzip(file, damage);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Fills <paramref name="destination"/> as far as it goes; 0 at the end.</summary>
    public int Read(Span<char> destination)
    {
        if (_used == _sample.Length) return ReadDirectly(destination);
        int count = Math.Min(destination.Length, _sample.Length - _used);
        _sample.AsSpan(_used, count).CopyTo(destination);
        _used += count;
        return count;
    }

    public void Dispose() => _reader.Dispose();

    private int ReadDirectly(Span<char> destination)
    {
        try
        {
            return _reader.Read(destination);
        }
        catch (InvalidDataException damage)
        {
            throw BadGzip(File, damage);
        }
    }

    private static TableException BadGzip(string file, Exception damage) =>
        new(TableFault.BadGzip, file, 0, "the gzip data is damaged or cut short: fetch the file again.", damage);
}
