using System.Text;
using System.Text.Json;

namespace ML.TextToModel.Datasets;

/// <summary>The tokens of a JSON value, one at a time and in bounded memory.</summary>
/// <param name="read">Fills its argument with the next characters, as far as it goes; 0 at the end.</param>
internal sealed class JsonTokens(JsonTokens.CharReader read)
{
    private const int MaxTokenBytes = 6 * TableLimits.FieldChars + 2;   // every character written as \u0000

    private readonly char[] _chars = new char[1 << 13];
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private byte[] _bytes = new byte[1 << 15];
    private char[] _value = new char[1 << 10];
    private int _start, _end, _valueLength;
    private bool _atEnd;
    private JsonReaderState _state = new(default);

    public delegate int CharReader(Span<char> buffer);

    /// <summary>The line of the current token, counted from 1.</summary>
    public long Line { get; private set; } = 1;

    public JsonTokenType Type { get; private set; }

    /// <summary>The text of a name, string, number or truth value.</summary>
    public ReadOnlySpan<char> Value => _value.AsSpan(0, _valueLength);

    /// <summary>Whether the current token is longer than any field may be.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    /// <exception cref="JsonException">The text is no JSON here.</exception>
    public bool Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_start.._end), _atEnd, _state);
            bool found = reader.Read();
            if (found) Keep(ref reader);
            _state = reader.CurrentState;
            Drop((int)reader.BytesConsumed);
            if (found) return true;
            if (_atEnd) return false;
            Fill();
        }
    }

    /// <summary>Skips the array or object that the current token begins.</summary>
    public void SkipNested()
    {
        for (int depth = 1; depth > 0;)
        {
            if (!Next()) return;
            if (Type is JsonTokenType.StartArray or JsonTokenType.StartObject) depth++;
            if (Type is JsonTokenType.EndArray or JsonTokenType.EndObject) depth--;
        }
    }

    /// <summary>Goes on with a new value, whatever is left of the last one.</summary>
    public void Restart(long line)
    {
        Line = line;
        _start = _end = 0;
        _atEnd = false;
        _encoder.Reset();
        _state = new JsonReaderState(default);
    }

    private void Keep(ref Utf8JsonReader reader)
    {
        Type = reader.TokenType;
        _valueLength = 0;
        if (Type is not (JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number
            or JsonTokenType.True or JsonTokenType.False)) return;
        if (_value.Length < reader.ValueSpan.Length) _value = new char[reader.ValueSpan.Length * 2];
        try
        {
            _valueLength = Type is JsonTokenType.PropertyName or JsonTokenType.String
                ? reader.CopyString(_value)
                : Encoding.ASCII.GetChars(reader.ValueSpan, _value);
        }
        catch (InvalidOperationException halfCharacter)   // an escaped surrogate without its other half
        {
            throw new JsonException(halfCharacter.Message, halfCharacter);
        }
    }

    private void Drop(int count)
    {
        Line += _bytes.AsSpan(_start, count).Count((byte)'\n');
        _start += count;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start.._end).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        int room = Encoding.UTF8.GetMaxByteCount(_chars.Length);
        TooLong = _end > MaxTokenBytes;
        if (TooLong)
        {
            throw new JsonException(
                $"A string is longer than {TableLimits.FieldChars:N0} characters; is a closing quote missing?");
        }
        // A long token is read again from its start each time: double the text, or the time grows as its square.
        int wanted = Math.Min(2 * _end, MaxTokenBytes);
        do
        {
            while (_bytes.Length - _end < room) Array.Resize(ref _bytes, _bytes.Length * 2);
            int count = read(_chars);
            _atEnd = count == 0;
            _end += _encoder.GetBytes(_chars.AsSpan(0, count), _bytes.AsSpan(_end), flush: _atEnd);
        }
        while (!_atEnd && _end < wanted);
    }
}
