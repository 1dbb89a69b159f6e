namespace ML.TextToModel.PModels;

/// <summary>What becomes of columns of numbers.</summary>
public sealed record TablePreprocessingOptions
{
    /// <summary>
    /// Encodes numbers by their ranks (<see cref="QuantileEncoding"/>) rather than by mean and deviation. Helps where
    /// columns are very skewed. Default false.
    /// </summary>
    public bool Quantiles { get; init; }

    /// <summary>
    /// The columns of dates (<see cref="DateEncoding"/>), and how each is written, null where that is not known.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Dates { get; init; } = new Dictionary<string, string?>();

    /// <summary>The columns in which 0 and 1 stand for words such as no and yes. Default none.</summary>
    public IReadOnlySet<string> Booleans { get; init; } = new HashSet<string>();

    internal ColumnEncoding FitNumber(string name, ReadOnlySpan<float> values)
    {
        if (Dates.TryGetValue(name, out string? style)) return DateEncoding.Fit(name, values, style);
        if (Booleans.Contains(name)) return NumericEncoding.Fit(name, values) with { IsBoolean = true };
        return Quantiles ? QuantileEncoding.Fit(name, values) : NumericEncoding.Fit(name, values);
    }
}
