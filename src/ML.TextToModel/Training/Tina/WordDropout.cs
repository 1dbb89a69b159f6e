using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Versions of a text that lack some of its words, so that a training does not depend on single ones.
/// </summary>
internal static class WordDropout
{
    /// <summary>A version in which each word stays with probability ½, at least one of them.</summary>
    /// <param name="text">A text with at least one letter or digit.</param>
    /// <param name="rng">Decides which.</param>
    public static string Half(string text, Rng rng)
    {
        string[] words = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit))];
        string[] kept = [.. words.Where(_ => rng.NextInt(2) == 1)];
        return kept.Length > 0 ? string.Join(' ', kept) : words[rng.NextInt(words.Length)];
    }
}
