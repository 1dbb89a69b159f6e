using System.Collections.Immutable;
using System.Text;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>The three values of an npy header, as they stand in the file.</summary>
internal sealed record NpyHeaderFields(string Type, bool FortranOrder, ImmutableArray<int> Shape);

/// <summary>
/// Reads an npy header such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (100, 512), }</c>. NumPy writes
/// it as a Python literal; this parser knows the three values' forms and evaluates nothing.
/// </summary>
internal ref struct NpyHeaderParser(ReadOnlySpan<byte> text, string origin)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    public NpyHeaderFields Parse()
    {
        string? type = null;
        bool? fortranOrder = null;
        ImmutableArray<int>? shape = null;

        Expect('{');
        while (!Accept('}'))
        {
            string key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr": type = type is null ? ReadType() : throw Twice(key); break;
                case "fortran_order": fortranOrder = fortranOrder is null ? ReadBoolean() : throw Twice(key); break;
                case "shape": shape = shape is null ? ReadShape() : throw Twice(key); break;
                default:
                    throw new NpyException(NpyFault.UnknownKey, origin,
                        $"The header has the key {Quote(key)}; descr, fortran_order and shape are known.");
            }
            if (Accept(',')) continue;
            Expect('}');
            break;
        }
        SkipSpace();
        if (_at < _text.Length) throw Malformed("its end");
        if (type is null || fortranOrder is null || shape is null)
            throw new NpyException(NpyFault.MissingKey, origin,
                "The header needs descr, fortran_order and shape, and one is missing. The file is damaged.");
        return new NpyHeaderFields(type, fortranOrder.Value, shape.Value);
    }

    private string ReadType()
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == '[')
            throw new NpyException(NpyFault.UnsupportedType, origin,
                "The elements are records of several fields. Save each field as an array of its own.");
        return ReadString();
    }

    private bool ReadBoolean()
    {
        SkipSpace();
        if (AcceptWord("True"u8)) return true;
        if (AcceptWord("False"u8)) return false;
        throw Malformed("True or False");
    }

    private ImmutableArray<int> ReadShape()
    {
        ImmutableArray<int>.Builder shape = ImmutableArray.CreateBuilder<int>(initialCapacity: 4);
        Expect('(');
        while (!Accept(')'))
        {
            if (shape.Count == NpyLimits.Dimensions)
                throw new NpyException(NpyFault.TooManyDimensions, origin,
                    $"There are more than {NpyLimits.Dimensions} dimensions. Reshape the array and save it again.");
            shape.Add(ReadSize());
            if (Accept(',')) continue;
            if (shape.Count == 1) throw Malformed("a comma, as in (5,)");
            Expect(')');
            break;
        }
        return shape.ToImmutable();
    }

    private int ReadSize()
    {
        bool negative = Accept('-');
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
        if (_at == start) throw Malformed("a whole number");
        return !negative && int.TryParse(_text[start.._at], out int size)
            ? size
            : throw new NpyException(NpyFault.BadShape, origin,
                $"A size of the shape is not within 0 to {int.MaxValue:N0}. The file is damaged, or must be reshaped.");
    }

    /// <summary>A text in single or double quotes; NumPy escapes nothing in the texts that are read here.</summary>
    private string ReadString()
    {
        SkipSpace();
        if (_at == _text.Length || (char)_text[_at] is not ('\'' or '"')) throw Malformed("a text in quotes");
        int length = _text[(_at + 1)..].IndexOf(_text[_at]);
        if (length < 0) throw Malformed("a closing quote");
        ReadOnlySpan<byte> content = _text.Slice(_at + 1, length);
        if (content.Contains((byte)'\\')) throw Malformed("a text without escapes");
        _at += length + 2;
        return Encoding.Latin1.GetString(content);
    }

    private void Expect(char c)
    {
        if (!Accept(c)) throw Malformed($"'{c}'");
    }

    private bool Accept(char c)
    {
        SkipSpace();
        if (_at == _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private bool AcceptWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (char)_text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }

    private readonly NpyException Twice(string key) =>
        new(NpyFault.DuplicateKey, origin, $"The header has the key {Quote(key)} twice. The file is damaged.");

    private readonly NpyException Malformed(string expected) =>
        new(NpyFault.HeaderMalformed, origin,
            $"The header should have {expected} at its byte {_at}. The file is damaged; copy or download it again.");
}
