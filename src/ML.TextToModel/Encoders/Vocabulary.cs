using System.Text;

namespace ML.TextToModel.Encoders;

/// <summary>
/// The rows of a table of vectors that stand for words: a known word, or the one that it is the plural of, has a row of
/// its own; any other word is its runs of 3 to 5 characters, each of which a hash assigns one of some rows behind those
/// of the words (Bojanowski et al. 2017, section 3.2).
/// </summary>
internal sealed class Vocabulary
{
    private const int ShortestRun = 3, LongestRun = 5;

    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly string[] _words;

    /// <summary>A vocabulary of some words and a number of rows for runs of characters.</summary>
    /// <exception cref="ModelInputException">
    /// A word is not one that the tokenizer yields, or there twice; or no row is for runs.
    /// </exception>
    public Vocabulary(IReadOnlyList<string> words, int subwords)
    {
        (_words, Subwords) = ([.. words], subwords);
        if (subwords < 1) throw new ModelInputException($"{subwords} rows are too few for parts of words.");
        foreach (string word in _words)
        {
            if (!WordTokenizer.Words(word).SequenceEqual([word]))
                throw new ModelInputException($"'{word}' in the vocabulary is no word.");
            if (!_rows.TryAdd(word, _rows.Count))
                throw new ModelInputException($"'{word}' is twice in the vocabulary.");
        }
    }

    /// <summary>The known words; each one's place is its row.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of rows for runs of characters, behind those of the words.</summary>
    public int Subwords { get; }

    /// <summary>The number of rows in all.</summary>
    public int Rows => _words.Length + Subwords;

    /// <summary>Whether a word, or the one that it is the plural of, has a row of its own.</summary>
    public bool TryGetRow(string word, out int row)
    {
        if (_rows.TryGetValue(word, out row)) return true;
        foreach (string singular in WordTokenizer.Singulars(word))
            if (_rows.TryGetValue(singular, out row)) return true;
        return false;
    }

    /// <summary>The rows of the runs of 3 to 5 characters of a word between angle brackets; never empty.</summary>
    public int[] SubwordRows(string word)
    {
        string marked = $"<{word}>";
        List<int> rows = [];
        for (int length = ShortestRun; length <= Math.Min(LongestRun, marked.Length); length++)
            for (int start = 0; start + length <= marked.Length; start++)
                rows.Add(_words.Length + (int)(Hash(marked.AsSpan(start, length)) % (uint)Subwords));
        return [.. rows];
    }

    /// <summary>FNV-1a, 32 bits, over the UTF-8 bytes.</summary>
    private static uint Hash(ReadOnlySpan<char> run)
    {
        Span<byte> bytes = stackalloc byte[LongestRun * 3];
        uint hash = 2166136261;
        foreach (byte b in bytes[..Encoding.UTF8.GetBytes(run, bytes)]) hash = (hash ^ b) * 16777619;
        return hash;
    }
}
