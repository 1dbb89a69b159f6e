using System.Text;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Reads bytes that are not UTF-8 as Windows-1252, the usual encoding of old CSV files. As an accented letter of
/// Windows-1252 is hardly ever valid UTF-8, one decoder reads files in either encoding, and mixed ones, without looking
/// ahead.
/// </summary>
internal sealed class Windows1252Fallback : DecoderFallback
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-8, a byte order mark skipped, with Windows-1252 for every byte that does not fit.</summary>
    public static Encoding Utf8 { get; } =
        Encoding.GetEncoding(65001, EncoderFallback.ReplacementFallback, new Windows1252Fallback());

    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private char[] _chars = [];
        private int _next;

        public override int Remaining => _chars.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _chars = Windows1252.GetChars(bytesUnknown);
            _next = 0;
            return _chars.Length > 0;
        }

        public override char GetNextChar() => _next < _chars.Length ? _chars[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset() => (_chars, _next) = ([], 0);
    }
}
