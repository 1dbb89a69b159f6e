namespace ML.TextToModel.Evaluation;

/// <summary>The mean of a sample and how far it may be off.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">
/// The sample's standard deviation over the square root of its size; 0 for a sample of one.
/// </param>
public readonly record struct SampleMean(double Value, double StandardError)
{
    /// <summary>Of at least one value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static SampleMean Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double variance = values.Count < 2 ? 0 : values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        return new SampleMean(mean, Math.Sqrt(variance / values.Count));
    }

    /// <summary>Of the differences of two methods on the same tasks.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static SampleMean OfDifferences(IReadOnlyCollection<double> values, IReadOnlyCollection<double> others) =>
        Of([.. values.Zip(others, (a, b) => a - b)]);
}
