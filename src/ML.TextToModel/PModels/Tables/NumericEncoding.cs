using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// A number: clamped to a range that only outliers leave, then standardised; where training rows lacked it, a second
/// feature marks the missing ones, which become the mean.
/// </summary>
/// <param name="Name">The column's name.</param>
/// <param name="Low">Smaller values count as this one.</param>
/// <param name="High">Larger values count as this one.</param>
/// <param name="Mean">The mean of the clamped values of the training rows.</param>
/// <param name="Deviation">Their standard deviation; 0 for a column without a feature, the same in all rows.</param>
/// <param name="MissingShare">The share of training rows without a value, from 0 to 1.</param>
public sealed record NumericEncoding(
    string Name, float Low, float High, float Mean, float Deviation, float MissingShare) : ColumnEncoding(Name)
{
    private const double Reach = 3;   // quartile distances beyond a quartile: Tukey's limit for far outliers

    /// <summary>
    /// Whether 0 and 1 stand for words such as no and yes, which readers of tables then know. Default false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBoolean { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Width => (Deviation > 0 ? 1 : 0) + (MissingShare > 0 ? 1 : 0);

    /// <inheritdoc/>
    public override void Encode(float value, Span<float> features)
    {
        bool missing = !float.IsFinite(value);
        if (Deviation > 0) features[0] = missing ? 0 : (Math.Clamp(value, Low, High) - Mean) / Deviation;
        if (MissingShare > 0) features[^1] = MissingMark(missing, MissingShare);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!(float.IsFinite(Low) && float.IsFinite(High) && Low <= Mean && Mean <= High))
            yield return $"The range of column '{Name}' does not hold its mean.";
        if (!(Deviation >= 0 && float.IsFinite(Deviation)))
            yield return $"The deviation of column '{Name}' is negative or no number.";
        if (MissingShare is not (>= 0 and <= 1))
            yield return $"The share of missing values of column '{Name}' is not from 0 to 1.";
    }

    /// <summary>Fits the encoding to a column's values; NaN and infinities count as missing.</summary>
    public static NumericEncoding Fit(string name, ReadOnlySpan<float> values)
    {
        float[] present = new float[values.Length];
        int count = 0;
        foreach (float value in values)
            if (float.IsFinite(value)) present[count++] = value;
        float missing = values.Length == 0 ? 0 : 1 - count / (float)values.Length;
        if (count == 0) return new(name, 0, 0, 0, 0, missing < 1 ? missing : 0);
        Span<float> sorted = present.AsSpan(0, count);
        sorted.Sort();
        int quarter = (count - 1) / 4;
        double first = sorted[quarter], third = sorted[count - 1 - quarter];
        // Where half of the values are equal, quartiles say nothing about the spread of the others.
        double reach = third > first ? Reach * (third - first) : double.PositiveInfinity;
        float low = (float)Math.Max(sorted[0], first - reach), high = (float)Math.Min(sorted[^1], third + reach);
        double sum = 0, squares = 0;
        foreach (float value in sorted) sum += Math.Clamp(value, low, high);
        double mean = sum / count;
        foreach (float value in sorted) squares += Math.Pow(Math.Clamp(value, low, high) - mean, 2);
        double deviation = Math.Sqrt(squares / count);
        // Rounding makes a constant column of large numbers look as if it varied.
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        bool constant = !(deviation > 1e-6 * largest) || !float.IsNormal((float)deviation);
        return new(
            name, low, high, Math.Clamp((float)mean, low, high), constant ? 0 : (float)deviation, missing);
    }
}
