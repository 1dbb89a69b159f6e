using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// A number by its rank: a line through knots takes it to about where the standard normal distribution has the same
/// share of rows below, so that neither skew nor outliers matter. Where training rows lacked the number, a second
/// feature marks the missing ones, which become 0.
/// </summary>
public sealed record QuantileEncoding : ColumnEncoding
{
    /// <summary>Knots, at most.</summary>
    public const int MostKnots = 32;

    private const int FewestKnots = 3, RowsOfKnot = 8;   // a file shall not tell the rows of a small table
    private const int KnotLimit = 4_096;                 // of any file

    private readonly float[] _knots, _values;

    /// <summary>Puts an encoding together.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="knots">Numbers, ascending.</param>
    /// <param name="values">The feature at each of them; it is linear between, and constant beyond.</param>
    /// <param name="missingShare">The share of training rows without a value, from 0 to 1.</param>
    [JsonConstructor]
    public QuantileEncoding(
        string name, IReadOnlyList<float> knots, IReadOnlyList<float> values, float missingShare)
        : base(name) => (_knots, _values, MissingShare) = ([.. knots], [.. values], missingShare);

    /// <summary>Numbers, ascending.</summary>
    public IReadOnlyList<float> Knots => _knots;

    /// <summary>The feature at each knot.</summary>
    public IReadOnlyList<float> Values => _values;

    /// <summary>The share of training rows without a value, from 0 to 1.</summary>
    public float MissingShare { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Width => MissingShare > 0 ? 2 : 1;

    /// <inheritdoc/>
    internal override int FormatVersion => 2;

    /// <inheritdoc/>
    public override void Encode(float value, Span<float> features)
    {
        bool missing = !float.IsFinite(value);
        features[0] = missing ? 0 : Interpolate(value);
        if (MissingShare > 0) features[1] = MissingMark(missing, MissingShare);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (_knots.Length is < 2 or > KnotLimit || _values.Length != _knots.Length)
            yield return $"Column '{Name}' has {_knots.Length} knots and {_values.Length} values.";
        bool ascend = _knots.Skip(1).Zip(_knots, (next, knot) => next - knot)
            .All(step => step > 0 && float.IsFinite(step));
        if (!ascend || !_values.All(float.IsFinite))
            yield return $"The knots of column '{Name}' do not ascend, or a value is no number.";
        if (MissingShare is not (>= 0 and <= 1))
            yield return $"The share of missing values of column '{Name}' is not from 0 to 1.";
    }

    /// <summary>
    /// Fits the encoding to a column's values; NaN and infinities count as missing. A column of hardly any different
    /// values has no ranks to speak of: its encoding is numeric.
    /// </summary>
    public static ColumnEncoding Fit(string name, ReadOnlySpan<float> values)
    {
        float[] present = new float[values.Length];
        int count = 0;
        foreach (float value in values)
            if (float.IsFinite(value)) present[count++] = value;
        Span<float> sorted = present.AsSpan(0, count);
        sorted.Sort();
        float[] knots = FindKnots(sorted);
        if (knots.Length < FewestKnots) return NumericEncoding.Fit(name, values);
        float[] places =
            [.. knots.Select(knot => (float)NormalQuantile.Of(MiddleShare(present.AsSpan(0, count), knot)))];
        QuantileEncoding raw = new(name, knots, places, 1 - count / (float)values.Length);
        double sum = 0, squares = 0;
        foreach (float value in sorted) sum += raw.Interpolate(value);
        double mean = sum / count;
        foreach (float value in sorted) squares += Math.Pow(raw.Interpolate(value) - mean, 2);
        double deviation = Math.Sqrt(squares / count);
        return raw.Faults().Any() || !(deviation > 0)
            ? NumericEncoding.Fit(name, values)
            : new QuantileEncoding(
                name, knots, [.. places.Select(place => (float)((place - mean) / deviation))], raw.MissingShare);
    }

    /// <summary>Different quantiles, closer to each other towards both ends.</summary>
    private static float[] FindKnots(ReadOnlySpan<float> sorted)
    {
        List<float> knots = [];
        int count = Math.Clamp(sorted.Length / RowsOfKnot, FewestKnots, MostKnots);
        for (int i = 0; i < count && sorted.Length > 0; i++)
        {
            double place = (1 - Math.Cos(Math.PI * i / (count - 1))) / 2 * (sorted.Length - 1);
            int below = Math.Min((int)place, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
            float knot = (float)(sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]));
            if (knots.Count == 0 || knot > knots[^1]) knots.Add(knot);
        }
        return [.. knots];
    }

    /// <summary>The share of values below a number and half of those equal to it, above 0 and below 1.</summary>
    private static double MiddleShare(ReadOnlySpan<float> sorted, float number)
    {
        int below = sorted.BinarySearch(new Bound(number, After: false));
        int through = sorted.BinarySearch(new Bound(number, After: true));
        return Math.Clamp((~below + ~through) / 2.0, 0.5, sorted.Length - 0.5) / sorted.Length;
    }

    private float Interpolate(float value)
    {
        int above = Array.BinarySearch(_knots, value);
        if (above >= 0) return _values[above];
        above = ~above;
        if (above == 0) return _values[0];
        if (above == _knots.Length) return _values[^1];
        float share = (value - _knots[above - 1]) / (_knots[above] - _knots[above - 1]);
        return _values[above - 1] + share * (_values[above] - _values[above - 1]);
    }

    /// <inheritdoc/>
    public bool Equals(QuantileEncoding? other) =>
        other is not null && Name == other.Name && MissingShare == other.MissingShare
        && Knots.SequenceEqual(other.Knots) && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _knots.Length, MissingShare);

    /// <summary>A place before or after all numbers that equal one.</summary>
    private readonly record struct Bound(float Number, bool After) : IComparable<float>
    {
        public int CompareTo(float other) => Number < other ? -1 : Number > other ? 1 : After ? 1 : -1;
    }
}
