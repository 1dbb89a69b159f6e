namespace ML.TextToModel.Datasets;

/// <summary>Reads lines, with any line end, of a bounded length.</summary>
internal sealed class LineReader(TextInput text)
{
    private readonly char[] _buffer = new char[1 << 14];
    private char[] _line = new char[1 << 10];
    private int _position, _filled, _length;

    /// <summary>The number of the line read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line read last, without its end; its beginning, if it is too long.</summary>
    public ReadOnlySpan<char> Line => _line.AsSpan(0, _length);

    /// <summary>Whether the line is longer than <see cref="TableLimits.RowChars"/>.</summary>
    public bool TooLong { get; private set; }

    /// <returns>Whether there was a line.</returns>
    public bool Read()
    {
        if (_position == _filled && !Fill()) return false;
        Number++;
        _length = 0;
        TooLong = false;
        int stop;
        do
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_position.._filled);
            stop = rest.IndexOfAny('\r', '\n');
            Append(stop < 0 ? rest : rest[..stop]);
            _position += stop < 0 ? rest.Length : stop;
        }
        while (stop < 0 && Fill());
        if (stop < 0) return true;
        bool maybePair = _buffer[_position++] == '\r';
        if (maybePair && (_position < _filled || Fill()) && _buffer[_position] == '\n') _position++;
        return true;
    }

    private void Append(ReadOnlySpan<char> part)
    {
        TooLong |= _length + part.Length > TableLimits.RowChars;
        if (TooLong) return;
        while (_length + part.Length > _line.Length) Array.Resize(ref _line, _line.Length * 2);
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    private bool Fill()
    {
        _position = 0;
        _filled = text.Read(_buffer);
        return _filled > 0;
    }
}
