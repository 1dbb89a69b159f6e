using ML.TextToModel.Datasets;

namespace ML.TextToModel.Training;

/// <summary>All that each synset of WordNet is a kind of, and how much of it two synsets share.</summary>
internal sealed class WordNetPaths
{
    private readonly int[][] _above;
    private readonly int[] _kinds;

    /// <param name="synsets">WordNet.</param>
    public WordNetPaths(IReadOnlyList<Synset> synsets)
    {
        _above = [.. Enumerable.Range(0, synsets.Count).Select(i => FindAbove(synsets, i))];
        _kinds = new int[synsets.Count];
        for (int i = 0; i < _above.Length; i++)
            foreach (int above in _above[i])
                if (above != i) _kinds[above]++;
    }

    /// <summary>The number of synsets.</summary>
    public int Count => _above.Length;

    /// <summary>All that a synset is a kind of, itself included, in order.</summary>
    public ReadOnlySpan<int> Above(int synset) => _above[synset];

    /// <summary>The number of synsets that are a kind of one.</summary>
    public int Kinds(int synset) => _kinds[synset];

    /// <summary>
    /// The number of synsets that both are a kind of, themselves included, / the root of the product of these numbers:
    /// the cosine of their paths. From 0 to 1.
    /// </summary>
    public float Similarity(int a, int b)
    {
        ReadOnlySpan<int> first = _above[a], second = _above[b];
        int common = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            int order = first[i].CompareTo(second[j]);
            if (order == 0) common++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
        return common / MathF.Sqrt((float)first.Length * second.Length);
    }

    private static int[] FindAbove(IReadOnlyList<Synset> synsets, int synset)
    {
        SortedSet<int> above = [synset];
        Queue<int> open = new([synset]);
        while (open.TryDequeue(out int next))
            foreach (int hypernym in synsets[next].Hypernyms)
                if (above.Add(hypernym)) open.Enqueue(hypernym);
        return [.. above];
    }
}
