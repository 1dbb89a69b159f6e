using System.Text;

namespace ML.TextToModel.Datasets;

/// <summary>Reads one line of an ARFF file from left to right.</summary>
internal ref struct ArffCursor(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    public readonly ReadOnlySpan<char> Rest => _rest;

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _rest.IsEmpty;
        }
    }

    public bool TryTake(char wanted)
    {
        SkipBlanks();
        if (_rest.IsEmpty || _rest[0] != wanted) return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Takes a word that ends before a blank or brace.</summary>
    public ReadOnlySpan<char> TakeWord()
    {
        SkipBlanks();
        int end = _rest.IndexOfAny(" \t{");
        ReadOnlySpan<char> word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    /// <summary>Takes a value in single or double quotes with backslash escapes, or a bare one up to a stop.</summary>
    /// <returns>False where a closing quote is missing.</returns>
    public bool TryTakeValue(ReadOnlySpan<char> stops, out string value, out bool quoted)
    {
        SkipBlanks();
        quoted = _rest is ['\'' or '"', ..];
        if (!quoted)
        {
            int end = _rest.IndexOfAny(stops);
            ReadOnlySpan<char> bare = end < 0 ? _rest : _rest[..end];
            _rest = _rest[bare.Length..];
            value = bare.Trim(" \t").ToString();
            return true;
        }
        var text = new StringBuilder();
        char quote = _rest[0];
        value = "";
        for (int i = 1; i < _rest.Length; i++)
        {
            char c = _rest[i];
            if (c == quote)
            {
                _rest = _rest[(i + 1)..];
                value = text.ToString();
                return true;
            }
            text.Append(c == '\\' && ++i < _rest.Length ? Unescape(_rest[i]) : c);
        }
        return false;
    }

    private void SkipBlanks() => _rest = _rest.TrimStart(" \t");

    private static char Unescape(char c) => c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c };
}
