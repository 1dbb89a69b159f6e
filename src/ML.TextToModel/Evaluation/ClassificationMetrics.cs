namespace ML.TextToModel.Evaluation;

/// <summary>
/// Measures a classifier, row by row: accuracy, log loss, AUC, figures of each class, confusion. Keeps the
/// probabilities of all rows, 4 bytes per row and class, as the AUC ranks them. Not safe for several threads at once.
/// </summary>
public sealed class ClassificationMetrics
{
    private const double LeastProbability = 1e-15;   // keeps the log loss of a confident mistake finite, as is usual

    private readonly long[,] _confusion;
    private readonly List<float>[] _probabilities;
    private double _loss;
    private long _right;

    /// <summary>Starts with no rows.</summary>
    /// <param name="classes">The number of classes, from 1.</param>
    public ClassificationMetrics(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _confusion = new long[classes, classes];
        _probabilities = [.. Enumerable.Range(0, classes).Select(_ => new List<float>())];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The share of rows whose most probable class is right; null without rows.</summary>
    public double? Accuracy => Ratio(_right, Rows);

    /// <summary>
    /// The mean of -ln p over all rows, p being the probability of the right class, at least 1e-15; null without rows.
    /// </summary>
    public double? LogLoss => Rows == 0 ? null : _loss / Rows;

    /// <summary>Adds a row.</summary>
    /// <param name="label">Its right class, from 0.</param>
    /// <param name="probabilities">One per class; of equal ones, the first counts as the most probable.</param>
    /// <exception cref="ArgumentException">
    /// The label is no class, or the probabilities are not one finite number per class.
    /// </exception>
    public void Add(int label, ReadOnlySpan<float> probabilities)
    {
        if ((uint)label >= (uint)Classes)
            throw new ArgumentOutOfRangeException(nameof(label), label, $"Labels are from 0 to {Classes - 1}.");
        if (probabilities.Length != Classes || probabilities.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ArgumentException($"A row has {Classes} finite probabilities.", nameof(probabilities));
        int predicted = probabilities.IndexOf(Max(probabilities));
        Rows++;
        _confusion[label, predicted]++;
        if (predicted == label) _right++;
        _loss -= Math.Log(Math.Max(probabilities[label], LeastProbability));
        _probabilities[label].AddRange(probabilities);
    }

    /// <summary>
    /// The area under the ROC curve, from 0 to 1: with two classes that of the second class's probability; with more,
    /// the mean over all pairs of the classes that have rows (Hand and Till 2001). Null where fewer than two classes
    /// have rows.
    /// </summary>
    public double? Auc(CancellationToken cancel = default) => RocArea.Pairwise(_probabilities, cancel);

    /// <summary>
    /// As <see cref="Auc"/>; with more than two classes the mean, over the classes that have rows, of the area of one
    /// class against all others.
    /// </summary>
    public double? AucOneVersusRest(CancellationToken cancel = default) =>
        RocArea.OneVersusRest(_probabilities, cancel);

    /// <summary>How many rows of one class were taken for another, or for itself.</summary>
    public long Confusion(int actual, int predicted) => _confusion[actual, predicted];

    /// <summary>The figures of one class.</summary>
    public ClassFigures Of(int label)
    {
        long right = _confusion[label, label], support = 0, predicted = 0;
        for (int c = 0; c < Classes; c++)
        {
            support += _confusion[label, c];
            predicted += _confusion[c, label];
        }
        return new ClassFigures(
            support, Ratio(right, predicted), Ratio(right, support), Ratio(2 * right, support + predicted));
    }

    private static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private static float Max(ReadOnlySpan<float> values)
    {
        float max = values[0];
        foreach (float value in values) max = Math.Max(max, value);
        return max;
    }
}

/// <summary>How well one class is recognised.</summary>
/// <param name="Support">Rows of the class.</param>
/// <param name="Precision">
/// Of the rows taken for the class, the share that belongs to it; null if there are none.
/// </param>
/// <param name="Recall">Of the class's rows, the share taken for it; null if there are none.</param>
/// <param name="F1">The harmonic mean of precision and recall; null if neither is defined.</param>
public sealed record ClassFigures(long Support, double? Precision, double? Recall, double? F1);
