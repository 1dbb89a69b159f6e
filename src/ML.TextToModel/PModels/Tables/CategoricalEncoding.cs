using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// A category: one feature that marks each frequent one, one that marks all others and missing ones, where training
/// rows had such, and for columns of many categories one that says how common the category is. Where two marks would
/// say the same thing twice, there is one.
/// </summary>
public sealed record CategoricalEncoding : ColumnEncoding
{
    /// <summary>Categories of a column, at most, that get a mark of their own.</summary>
    public const int MostMarks = 12;

    private const int RareRows = 2;   // fewer rows tell nothing about a category
    private const int Many = 64;      // categories of a column, from which on new ones are to be expected
    private const float Least = 1e-6f;

    private readonly int[] _markOf;    // of each category, that of the others for most
    private readonly float[] _on, _off, _frequency;

    /// <summary>Puts an encoding together.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="categories">The categories; a raw value is an index here.</param>
    /// <param name="shares">The share of training rows of each category, from 0 to 1.</param>
    /// <param name="marked">The indices of the categories with a mark of their own.</param>
    [JsonConstructor]
    public CategoricalEncoding(
        string name, IReadOnlyList<string> categories, IReadOnlyList<float> shares, IReadOnlyList<int> marked)
        : base(name)
    {
        (Categories, Shares, Marked) = ([.. categories], [.. shares], [.. marked]);
        double other = 1;
        List<(float Mean, float Deviation)> marks = [];
        _markOf = new int[Categories.Count];
        Array.Fill(_markOf, Marked.Count);
        for (int i = 0; i < Marked.Count; i++)
        {
            if (Faults().Any()) break;   // a damaged file: its reader says so
            float share = Shares[Marked[i]];
            _markOf[Marked[i]] = i;
            marks.Add(OfShare(share));
            other -= share;
        }
        if (other > Least) marks.Add(OfShare(other));
        if (marks.Count is 1 or 2) marks.RemoveAt(marks.Count - 1);
        _on = [.. marks.Select(mark => (1 - mark.Mean) / mark.Deviation)];
        _off = [.. marks.Select(mark => -mark.Mean / mark.Deviation)];
        // Common categories are above 0, rare ones below: half the logarithm of the share against an even one.
        _frequency = Categories.Count > Math.Max(Marked.Count, 1)
            ? [.. Shares.Select(share => Frequency(share, Categories.Count))]
            : [];
    }

    /// <summary>The categories; a raw value is an index here.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The share of training rows of each category, from 0 to 1.</summary>
    public IReadOnlyList<float> Shares { get; }

    /// <summary>The indices of the categories with a mark of their own.</summary>
    public IReadOnlyList<int> Marked { get; }

    /// <summary>
    /// How common a missing value or one that is no category counts, on the scale of the last feature. Default 0: as
    /// the mean category; in columns of more than 64 categories as one of a single row.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Unseen { get; init; }

    /// <inheritdoc/>
    internal override int FormatVersion => Unseen == 0 ? 1 : 2;

    /// <summary>Whether the last feature says how common the category is.</summary>
    internal bool HasFrequency => _frequency.Length > 0;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Width => _on.Length + (_frequency.Length > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override void Encode(float value, Span<float> features)
    {
        int index = value >= 0 && value < _markOf.Length ? (int)value : -1;
        _off.CopyTo(features);
        int mark = index < 0 ? Marked.Count : _markOf[index];
        if (mark < _on.Length) features[mark] = _on[mark];
        if (_frequency.Length > 0) features[^1] = index < 0 ? Unseen : _frequency[index];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (Shares.Count != Categories.Count)
            yield return $"Column '{Name}' has {Shares.Count} shares for {Categories.Count} categories.";
        if (Shares.Any(share => share is not (>= 0 and <= 1)))
            yield return $"A share of column '{Name}' is not from 0 to 1.";
        if (Marked.Any(i => i < 0 || i >= Shares.Count) || Marked.Distinct().Count() != Marked.Count)
            yield return $"The marked categories of column '{Name}' are not different ones of its {Categories.Count}.";
        if (!float.IsFinite(Unseen)) yield return $"How common others are than those of column '{Name}' is no number.";
        if (Categories.Contains(null!)) yield return $"A category of column '{Name}' has no name.";
    }

    /// <summary>Fits the encoding to a column's values, indices of categories; others count as missing.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="categories">The categories.</param>
    /// <param name="values">An index for each training row.</param>
    /// <param name="marks">Categories, at most, that get a mark of their own.</param>
    public static CategoricalEncoding Fit(
        string name, IReadOnlyList<string> categories, ReadOnlySpan<float> values, int marks = MostMarks)
    {
        int[] counts = new int[categories.Count];
        foreach (float value in values)
            if (value >= 0 && value < counts.Length) counts[(int)value]++;
        IEnumerable<int> marked = Enumerable.Range(0, counts.Length)
            .Where(i => counts[i] >= RareRows).OrderByDescending(i => counts[i]).ThenBy(i => i).Take(marks);
        float rows = Math.Max(1, values.Length);
        return new(name, categories, [.. counts.Select(count => count / rows)], [.. marked])
        {
            Unseen = categories.Count > Many ? Frequency(1 / rows, categories.Count) : 0,
        };
    }

    private static float Frequency(float share, int categories) =>
        MathF.Log(Math.Max(share, Least) * categories) / 2;

    /// <inheritdoc/>
    public bool Equals(CategoricalEncoding? other) =>
        other is not null && Name == other.Name && Categories.SequenceEqual(other.Categories)
        && Unseen == other.Unseen && Shares.SequenceEqual(other.Shares) && Marked.SequenceEqual(other.Marked);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Categories.Count, Marked.Count);
}
