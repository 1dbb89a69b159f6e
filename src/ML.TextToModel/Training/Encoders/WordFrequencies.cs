using ML.TextToModel.Encoders;

namespace ML.TextToModel.Training;

/// <summary>
/// How often words occur in a corpus, without its held-out texts; words of names count three times, and plurals that
/// are rarer than their singular count as that.
/// </summary>
internal sealed class WordFrequencies
{
    private const int NameWeight = 3;   // a class is asked for by its name more often than by words of definitions

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public WordFrequencies(TextCorpus corpus)
    {
        for (int i = 0; i < corpus.Synsets.Count; i++)
        {
            foreach (string member in corpus.Synsets[i].Members) Count(member, NameWeight);
            if (corpus.HeldOut.Contains(i)) continue;
            Count(corpus.Synsets[i].Definition, 1);
            foreach (string example in corpus.Synsets[i].Examples) Count(example, 1);
        }
        foreach ((string a, string b) in corpus.Pairs)
        {
            Count(a, 1);
            Count(b, 1);
        }
        foreach (string plural in _counts.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            string? singular = WordTokenizer.Singulars(plural)
                .FirstOrDefault(s => _counts.GetValueOrDefault(s) >= _counts[plural]);
            if (singular is not null && _counts.Remove(plural, out int count)) _counts[singular] += count;
        }
    }

    /// <summary>How often the rarest word of a name occurs; 1 for one that does not, or is a plural.</summary>
    public int OfRarest(string name) =>
        WordTokenizer.Words(name).Select(word => _counts.GetValueOrDefault(word, 1)).DefaultIfEmpty(1).Min();

    /// <summary>The vocabulary of the most frequent words.</summary>
    public Vocabulary MostFrequent(int words, int subwords) => new(
        [
            .. _counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(words)
                .Select(c => c.Key),
        ], subwords);

    private void Count(string text, int weight)
    {
        foreach (string word in WordTokenizer.Words(text))
            _counts[word] = _counts.GetValueOrDefault(word) + weight;
    }
}
