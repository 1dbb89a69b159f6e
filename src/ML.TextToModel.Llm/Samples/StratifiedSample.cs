using ML.TextToModel.Tensors;

namespace ML.TextToModel.Llm;

/// <summary>
/// Draws a few items of each class while all pass by once: a reservoir for each (Vitter 1985, algorithm R). The same
/// seed draws the same items.
/// </summary>
/// <param name="most">Items that will be used, at most: more of a class, or more classes, are not kept.</param>
/// <param name="seed">Of the draw.</param>
internal sealed class StratifiedSample<T>(int most, ulong seed)
{
    private readonly Dictionary<string, (List<T> Kept, int Seen)> _classes = [];
    private readonly Rng _rng = new(seed);

    /// <param name="label">Its class; null, a class of its own, where unknown.</param>
    /// <param name="make">Makes the item, if it is kept.</param>
    public void Add(string? label, Func<T> make)
    {
        string key = label is null ? "" : $"={label}";
        if (!_classes.TryGetValue(key, out (List<T> Kept, int Seen) one))
        {
            if (_classes.Count == most) return;
            one = ([], 0);
        }
        if (one.Kept.Count < most) one.Kept.Add(make());
        else if (_rng.NextInt(one.Seen + 1) is var place && place < most) one.Kept[place] = make();
        _classes[key] = (one.Kept, one.Seen + 1);
    }

    /// <summary>One item of each class in turn, in the order in which the classes came.</summary>
    public IEnumerable<T> InTurn()
    {
        for (int i = 0; i < most; i++)
            foreach ((List<T> kept, _) in _classes.Values)
                if (i < kept.Count) yield return kept[i];
    }
}
