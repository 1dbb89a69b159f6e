using System.Collections.Frozen;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>
/// Guesses the language of texts: by their script, or else by the most frequent words of languages in Latin letters.
/// Looks at the first texts only.
/// </summary>
internal sealed class LanguageGuess
{
    private const long MostCharacters = 200_000;
    private const int LeastWords = 3;
    private const double LeastShare = 0.02;
    private const int LongestWord = 5;

    private static readonly (string Code, string Words)[] s_frequent =
    [
        ("en", "the of and to in is that it was for on with as his he be at by this had not are but from or have an"),
        ("de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an er hat"),
        ("fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont"),
        ("es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le"),
        ("it", "di e il la che in un a per è una del non con da si le dei sono i al della come nel ma più gli"),
        ("nl", "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door"),
        ("pt", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das"),
    ];

    private static readonly (string Code, char First, char Last)[] s_scripts =
    [
        ("ru", '\u0400', '\u04FF'), ("el", '\u0370', '\u03FF'), ("he", '\u0590', '\u05FF'), ("ar", '\u0600', '\u06FF'),
        ("hi", '\u0900', '\u097F'), ("th", '\u0E00', '\u0E7F'), ("ja", '\u3040', '\u30FF'), ("ko", '\uAC00', '\uD7AF'),
        ("zh", '\u4E00', '\u9FFF'),
    ];

    /// <summary>The languages of each word, as bits; words of several languages count for all of them.</summary>
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_languages =
        s_frequent.SelectMany((language, i) => language.Words.Split(' ').Select(word => (word, Bit: 1 << i)))
            .GroupBy(pair => pair.word).ToFrozenDictionary(group => group.Key, group => group.Sum(pair => pair.Bit))
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly long[] _words = new long[s_frequent.Length], _letters = new long[s_scripts.Length];
    private long _characters, _all, _latin;

    /// <summary>Looks at a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (_characters >= MostCharacters || text.Length < LongestWord || !text.Contains(' ') && text[0] < '\u0370')
            return;
        _characters += text.Length;
        foreach (char c in text) CountLetter(c);
        Span<char> lower = stackalloc char[LongestWord];
        foreach (Range range in text.Split(' '))
        {
            ReadOnlySpan<char> word = text[range].Trim(".,;:!?\"'()");
            if (word.IsEmpty) continue;
            _all++;
            if (word.Length > LongestWord) continue;
            int length = word.ToLowerInvariant(lower);
            if (!s_languages.TryGetValue(lower[..length], out int languages)) continue;
            for (int i = 0; i < _words.Length; i++) _words[i] += languages >> i & 1;
        }
    }

    /// <summary>The ISO 639-1 code; null where nothing tells.</summary>
    public string? Code
    {
        get
        {
            int script = Array.IndexOf(_letters, _letters.Max());
            // Japanese is written in Chinese characters too, but never without its own.
            if (_letters[^3] > 0 && _letters[^3] * 10 > _letters[^1]) script = _letters.Length - 3;
            if (_letters[script] > _latin) return s_scripts[script].Code;
            int language = Array.IndexOf(_words, _words.Max());
            return _words[language] >= Math.Max(LeastWords, LeastShare * _all) ? s_frequent[language].Code : null;
        }
    }

    private void CountLetter(char c)
    {
        if (c < s_scripts[1].First)
        {
            if (char.IsAsciiLetter(c)) _latin++;
            return;
        }
        for (int i = 0; i < s_scripts.Length; i++)
            if (c >= s_scripts[i].First && c <= s_scripts[i].Last) _letters[i]++;
    }
}
