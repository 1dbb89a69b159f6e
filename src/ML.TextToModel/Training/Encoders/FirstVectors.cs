using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// The vectors that a training of words starts with: a word is the sum of the places (<see cref="PathComponents"/>) of
/// the synsets that have it in a name and, with a lower weight, in their definition; a part of words is the sum of the
/// words that have it.
/// </summary>
internal sealed class FirstVectors
{
    private const float DefinitionWeight = 0.1f;
    private const double Noise = 1e-3;
    private const double Frequent = 1_000;   // words that occur so often begin at a length of √½, rare ones at 1

    private readonly Vocabulary _vocabulary;
    private readonly int _length;
    private readonly float[] _vectors;

    private FirstVectors(Vocabulary vocabulary, int length) =>
        (_vocabulary, _length, _vectors) = (vocabulary, length, new float[vocabulary.Rows * length]);

    /// <summary>The vectors (rows of the vocabulary, length).</summary>
    public static float[] Of(
        TextCorpus corpus, WordNetPaths paths, WordFrequencies frequencies, Vocabulary vocabulary, int length, Rng rng)
    {
        FirstVectors first = new(vocabulary, length);
        rng.Split("rest").FillNormal(first._vectors, 0, Noise);   // words that no synset has get a direction too
        CommonSenses senses = new(corpus.Synsets, paths);
        float[] places = Places(paths, length, rng);
        for (int i = 0; i < corpus.Synsets.Count; i++)
        {
            Synset synset = corpus.Synsets[i];
            ReadOnlySpan<float> place = places.AsSpan(i * length, length);
            for (int name = 0; name < synset.Members.Count; name++)
            {
                string[] words = [.. WordTokenizer.Words(synset.Members[name])];
                first.AddText(words, place, (float)senses.Share(i, name) / Math.Max(1, words.Length));
            }
            if (!corpus.HeldOut.Contains(i))
                first.AddText(WordTokenizer.Words(synset.Definition), place, DefinitionWeight);
        }
        first.Finish(frequencies);
        return first._vectors;
    }

    private static float[] Places(WordNetPaths paths, int length, Rng rng)
    {
        float[] places = PathComponents.Of(paths, length, rng), mean = new float[length];
        for (int i = 0; i < paths.Count; i++) Add(places.AsSpan(i * length, length), 1f / paths.Count, mean);
        for (int i = 0; i < paths.Count; i++) Add(mean, -1, places.AsSpan(i * length, length));
        return places;
    }

    private void AddText(IEnumerable<string> words, ReadOnlySpan<float> place, float weight)
    {
        foreach (string word in words)
            if (_vocabulary.TryGetRow(word, out int row)) Add(place, weight, Row(row));
    }

    private void Finish(WordFrequencies frequencies)
    {
        for (int i = 0; i < _vocabulary.Words.Count; i++)
        {
            string word = _vocabulary.Words[i];
            Scale(Row(i), Math.Sqrt(Frequent / (Frequent + frequencies.OfRarest(word))));
            foreach (int part in _vocabulary.SubwordRows(word)) Add(Row(i), 1, Row(part));
        }
        for (int i = _vocabulary.Words.Count; i < _vocabulary.Rows; i++) Scale(Row(i), 1);
    }

    private Span<float> Row(int row) => _vectors.AsSpan(row * _length, _length);

    private static void Add(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += weight * values[i];
    }

    /// <summary>Gives a vector a length; zeros stay.</summary>
    private static void Scale(Span<float> vector, double length)
    {
        double squares = 0;
        foreach (float value in vector) squares += (double)value * value;
        float scale = squares > 0 ? (float)(length / Math.Sqrt(squares)) : 0;
        foreach (ref float value in vector) value *= scale;
    }
}
