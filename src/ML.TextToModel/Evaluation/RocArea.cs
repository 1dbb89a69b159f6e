namespace ML.TextToModel.Evaluation;

/// <summary>
/// The area under the ROC curve: for two classes the ordinary one, for more a mean over the classes that have rows.
/// </summary>
internal static class RocArea
{
    /// <summary>
    /// The mean over all pairs of classes (Hand and Till 2001, equation 7), as scikit-learn's
    /// <c>roc_auc_score(multi_class="ovo", average="macro")</c>; from 0 to 1, null where fewer than two classes have
    /// rows.
    /// </summary>
    /// <param name="rows">For each class, the probabilities of its rows, end to end, one per class and row.</param>
    /// <param name="cancel">Stops the work.</param>
    public static double? Pairwise(IReadOnlyList<List<float>> rows, CancellationToken cancel = default) =>
        Mean(rows, _ => 1, cancel);

    /// <summary>
    /// The mean of each class's area against all other rows, as scikit-learn's
    /// <c>roc_auc_score(multi_class="ovr", average="macro")</c>; from 0 to 1, null where fewer than two classes have
    /// rows.
    /// </summary>
    /// <inheritdoc cref="Pairwise" path="/param"/>
    public static double? OneVersusRest(IReadOnlyList<List<float>> rows, CancellationToken cancel = default) =>
        Mean(rows, other => other.Count, cancel);

    /// <summary>The mean over classes of their mean area against each other class, weighted.</summary>
    private static double? Mean(
        IReadOnlyList<List<float>> rows, Func<List<float>, double> weight, CancellationToken cancel)
    {
        int classes = rows.Count;
        int[] present = [.. Enumerable.Range(0, classes).Where(c => rows[c].Count > 0)];
        if (present.Length < 2) return null;
        // Of two classes, the second one's probability is the score, as is usual.
        if (classes == 2) return Separation(Scores(rows[1], 1, classes), rows[0], 1, classes);
        double sum = 0;
        foreach (int positive in present)
        {
            cancel.ThrowIfCancellationRequested();
            float[] own = Scores(rows[positive], positive, classes);
            double areas = 0, weights = 0;
            foreach (int negative in present)
            {
                if (negative == positive) continue;
                areas += weight(rows[negative]) * Separation(own, rows[negative], positive, classes);
                weights += weight(rows[negative]);
            }
            sum += areas / weights;
        }
        return sum / present.Length;
    }

    /// <summary>The scores of one class for some rows, ascending.</summary>
    private static float[] Scores(List<float> rows, int column, int classes)
    {
        float[] scores = new float[rows.Count / classes];
        for (int i = 0; i < scores.Length; i++) scores[i] = rows[i * classes + column];
        Array.Sort(scores);
        return scores;
    }

    /// <summary>The probability that a positive row scores above a negative one; a tie counts one half.</summary>
    private static double Separation(float[] positives, List<float> negatives, int column, int classes)
    {
        double halves = 0;
        int count = negatives.Count / classes;
        for (int i = 0; i < count; i++)
        {
            float score = negatives[i * classes + column];
            int below = CountWhere(positives, score, orEqual: false);
            int upTo = CountWhere(positives, score, orEqual: true);
            halves += 2.0 * (positives.Length - upTo) + (upTo - below);
        }
        return halves / 2 / positives.Length / count;
    }

    /// <summary>How many of the ascending scores lie below a bound, or at it.</summary>
    private static int CountWhere(float[] scores, float bound, bool orEqual)
    {
        int low = 0, high = scores.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (scores[middle] < bound || (orEqual && scores[middle] == bound)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
