namespace ML.TextToModel.Audits;

/// <summary>How alike the mistakes of two classifiers are: copies of one another make the same ones.</summary>
public static class ErrorOverlap
{
    /// <summary>
    /// The Jaccard index of the examples that each gets wrong: those that both do over those that at least one does,
    /// from 0 to 1, and 1 where both are always right (Zeng et al. 2025, arXiv 2506.07998, section 3, there the
    /// intersection over union of wrong predictions).
    /// </summary>
    /// <param name="first">The predicted class of each example.</param>
    /// <param name="second">Those of the other classifier.</param>
    /// <param name="labels">The right ones.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Jaccard(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<int> labels)
    {
        if (first.Length != labels.Length || second.Length != labels.Length)
            throw new ArgumentException($"{first.Length} and {second.Length} predictions, {labels.Length} labels.");
        int both = 0, any = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            bool a = first[i] != labels[i], b = second[i] != labels[i];
            if (a && b) both++;
            if (a || b) any++;
        }
        return any == 0 ? 1 : (double)both / any;
    }
}
