using ML.TextToModel.Encoders;

namespace ML.TextToModel.Training;

/// <summary>
/// Texts as numbers of words: those below the size of the vocabulary are its rows, the others count the words that it
/// does not have.
/// </summary>
/// <param name="vocabulary">The words.</param>
internal sealed class TokenizedTexts(Vocabulary vocabulary)
{
    private readonly Dictionary<string, int> _others = new(StringComparer.Ordinal);
    private readonly List<int[]> _subwords = [.. vocabulary.Words.Select(vocabulary.SubwordRows)];

    /// <summary>The numbers of a text's words; none where it has no word.</summary>
    public int[] Tokens(string text) => [.. WordTokenizer.Words(text).Select(Token)];

    /// <summary>Whether a word has a row of its own.</summary>
    public bool IsKnown(int token) => token < vocabulary.Words.Count;

    /// <summary>The rows of the parts of a word.</summary>
    public int[] Subwords(int token) => _subwords[token];

    private int Token(string word)
    {
        if (vocabulary.TryGetRow(word, out int row)) return row;
        if (_others.TryGetValue(word, out int other)) return other;
        _subwords.Add(vocabulary.SubwordRows(word));
        _others.Add(word, _subwords.Count - 1);
        return _subwords.Count - 1;
    }
}
