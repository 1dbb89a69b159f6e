using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// A date, as days since 1970-01-01 UTC: first a number like any other, then sine and cosine of the time of the year,
/// the week and the day, as far as the training rows' dates span a whole one and differ in it; a last feature marks
/// missing dates, where training rows lacked one.
/// </summary>
public sealed record DateEncoding : ColumnEncoding
{
    /// <summary>
    /// Days of a year, a week and a day. A year of 365.25 days, of which floats hold every multiple without rounding,
    /// is a day off after a century.
    /// </summary>
    public static IReadOnlyList<float> Periods { get; } = [365.25f, 7, 1];

    private readonly NumericEncoding _days;
    private readonly DateCycle[] _cycles;

    /// <summary>Puts an encoding together.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="low">Earlier dates count as this one.</param>
    /// <param name="high">Later dates count as this one.</param>
    /// <param name="mean">The mean of the training rows' dates between these.</param>
    /// <param name="deviation">Their standard deviation; 0 where they are all the same.</param>
    /// <param name="missingShare">The share of training rows without a date, from 0 to 1.</param>
    /// <param name="cycles">What recurs in dates.</param>
    /// <param name="style">How the dates were written; null where that is not known.</param>
    [JsonConstructor]
    public DateEncoding(
        string name, float low, float high, float mean, float deviation, float missingShare,
        IReadOnlyList<DateCycle> cycles, string? style = null)
        : this(new NumericEncoding(name, low, high, mean, deviation, missingShare), [.. cycles], style) { }

    private DateEncoding(NumericEncoding days, DateCycle[] cycles, string? style)
        : base(days.Name) => (_days, _cycles, Style) = (days, cycles, style);

    /// <summary>Earlier dates count as this one.</summary>
    public float Low => _days.Low;

    /// <summary>Later dates count as this one.</summary>
    public float High => _days.High;

    /// <summary>The mean of the training rows' dates between these.</summary>
    public float Mean => _days.Mean;

    /// <summary>Their standard deviation; 0 where they are all the same.</summary>
    public float Deviation => _days.Deviation;

    /// <summary>The share of training rows without a date, from 0 to 1.</summary>
    public float MissingShare => _days.MissingShare;

    /// <summary>What recurs in dates, two features each.</summary>
    public IReadOnlyList<DateCycle> Cycles => _cycles;

    /// <summary>
    /// How the dates were written, such as <c>d/M/yyyy</c>, for readers of tables; null where not known.
    /// </summary>
    public string? Style { get; }

    /// <summary>The date as a number.</summary>
    internal NumericEncoding Days => _days;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Width => _days.Width + 2 * _cycles.Length;

    /// <inheritdoc/>
    internal override int FormatVersion => 2;

    /// <inheritdoc/>
    public override void Encode(float value, Span<float> features)
    {
        _days.Encode(value, features);
        int at = _days.Deviation > 0 ? 1 : 0;
        foreach (DateCycle cycle in _cycles)
        {
            (features[at], features[at + 1]) = float.IsFinite(value) ? cycle.Encode(value) : (0, 0);
            at += 2;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (string fault in _days.Faults()) yield return fault;
        if (_cycles.Contains(null!) || _cycles.Any(cycle => !cycle.IsSound))
            yield return $"A cycle of column '{Name}' has a period or deviation that is not positive, or no number.";
    }

    /// <summary>Fits the encoding to a column of dates; NaN and infinities count as missing.</summary>
    public static DateEncoding Fit(string name, ReadOnlySpan<float> dates, string? style = null)
    {
        float[] present = [.. dates.ToArray().Where(float.IsFinite)];
        float span = present.Length == 0 ? 0 : present.Max() - present.Min();
        IEnumerable<DateCycle?> cycles =
            Periods.Select(period => span >= period ? DateCycle.Fit(period, present) : null);
        return new DateEncoding(NumericEncoding.Fit(name, dates), [.. cycles.OfType<DateCycle>()], style);
    }

    /// <inheritdoc/>
    public bool Equals(DateEncoding? other) =>
        other is not null && _days == other._days && Style == other.Style
        && Cycles.SequenceEqual(other.Cycles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_days, _cycles.Length);
}

/// <summary>A recurring part of dates: sine and cosine of the time since its beginning, standardised.</summary>
/// <param name="Period">Its length in days.</param>
/// <param name="SineMean">The mean of the sine over the training rows.</param>
/// <param name="SineDeviation">Its standard deviation, 0.2 at least.</param>
/// <param name="CosineMean">The mean of the cosine.</param>
/// <param name="CosineDeviation">Its standard deviation, 0.2 at least.</param>
public sealed record DateCycle(
    float Period, float SineMean, float SineDeviation, float CosineMean, float CosineDeviation)
{
    private const double LeastDeviation = 0.2;   // as of a mark
    private const double LeastVariance = 1e-4;

    internal bool IsSound =>
        Period > 0 && SineDeviation > 0 && CosineDeviation > 0 && float.IsFinite(Period) && float.IsFinite(SineMean)
        && float.IsFinite(SineDeviation) && float.IsFinite(CosineMean) && float.IsFinite(CosineDeviation);

    /// <summary>The angle that a day is of the circle.</summary>
    internal float RadiansOfDay => Radians(Period);

    /// <summary>Standardised sine and cosine of a date.</summary>
    internal (float Sine, float Cosine) Encode(float days)
    {
        (float sine, float cosine) = At(days, Period);
        return ((sine - SineMean) / SineDeviation, (cosine - CosineMean) / CosineDeviation);
    }

    /// <summary>Fits the numbers to dates; null where all are at the same time of the period.</summary>
    internal static DateCycle? Fit(float period, float[] dates)
    {
        (float Sine, float Cosine)[] all = [.. dates.Select(date => At(date, period))];
        double sine = all.Average(x => x.Sine), cosine = all.Average(x => x.Cosine);
        double sineVariance = all.Average(x => Math.Pow(x.Sine - sine, 2));
        double cosineVariance = all.Average(x => Math.Pow(x.Cosine - cosine, 2));
        return sineVariance + cosineVariance < LeastVariance
            ? null
            : new(period, (float)sine, Deviation(sineVariance), (float)cosine, Deviation(cosineVariance));
    }

    private static float Deviation(double variance) => (float)Math.Max(LeastDeviation, Math.Sqrt(variance));

    private static (float Sine, float Cosine) At(float days, float period)
    {
        float since = days - period * MathF.Floor(days / period);
        return MathF.SinCos(since * Radians(period));
    }

    private static float Radians(float period) => (float)(2 * Math.PI / period);
}
