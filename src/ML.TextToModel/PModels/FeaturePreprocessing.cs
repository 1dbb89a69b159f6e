using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// Raw rows are numbers, one per column, NaN where missing. They are standardised; a missing or infinite one becomes
/// the mean, 0.
/// </summary>
/// <param name="Columns">The columns' names, in order; empty where features have no names.</param>
/// <param name="Mean">The mean of each column over the training rows; empty to take numbers as they are.</param>
/// <param name="Deviation">The standard deviation of each column; empty to take numbers as they are.</param>
public sealed record FeaturePreprocessing(
    IReadOnlyList<string> Columns, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : Preprocessing
{
    private readonly float[] _mean = [.. Mean], _deviation = [.. Deviation];

    /// <summary>The mean of each column over the training rows; empty where numbers are taken as they are.</summary>
    public IReadOnlyList<float> Mean => _mean;

    /// <summary>The standard deviation of each column; empty where numbers are taken as they are.</summary>
    public IReadOnlyList<float> Deviation => _deviation;

    /// <inheritdoc/>
    public override int RawLength(Shape input) => input.ElementCount;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> raw, Span<float> input)
    {
        bool standardise = _mean.Length > 0;
        for (int i = 0; i < raw.Length; i++)
        {
            float value = standardise ? (raw[i] - _mean[i]) / _deviation[i] : raw[i];
            input[i] = float.IsFinite(value) ? value : 0;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(Shape input)
    {
        if (input.Rank != 1) yield return "The p-model does not take rows of numbers.";
        else if (Columns.Count != 0 && Columns.Count != input[0])
            yield return $"{Columns.Count} columns do not fit {input[0]} inputs.";
        else if (Mean.Count != Deviation.Count || (Mean.Count != 0 && Mean.Count != input[0]))
            yield return $"{Mean.Count} means and {Deviation.Count} deviations do not fit {input[0]} inputs.";
        if (Columns.Contains(null!)) yield return "A column has no name.";
        if (Columns.Distinct(StringComparer.Ordinal).Count() != Columns.Count) yield return "A column is named twice.";
        foreach (string fault in NumberFaults(Mean, Deviation)) yield return fault;
    }

    /// <summary>
    /// Means and population deviations of the columns of <paramref name="rows"/>, row after row; NaN and infinities do
    /// not count. A column that is the same everywhere gets the deviation 1.
    /// </summary>
    /// <exception cref="ArgumentException">There is no column, or the rows cannot be cut evenly.</exception>
    public static FeaturePreprocessing Fit(IReadOnlyList<string> columns, ReadOnlySpan<float> rows)
    {
        int width = columns.Count;
        if (width == 0 || rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} numbers are not rows of {width} columns.", nameof(rows));
        double[] mean = new double[width], squares = new double[width];
        int[] count = new int[width];
        for (int i = 0; i < rows.Length; i++)
        {
            if (!float.IsFinite(rows[i])) continue;
            int column = i % width;
            count[column]++;
            // Welford's update keeps precision where the mean is large against the deviation.
            double delta = rows[i] - mean[column];
            mean[column] += delta / count[column];
            squares[column] += delta * (rows[i] - mean[column]);
        }
        return new FeaturePreprocessing(
            columns, [.. mean.Select(m => (float)m)],
            [.. squares.Select((square, i) => (float)Math.Sqrt(square / count[i]) is > 0 and float root ? root : 1)]);
    }
}
