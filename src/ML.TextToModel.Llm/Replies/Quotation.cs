namespace ML.TextToModel.Llm;

/// <summary>
/// Whether a text repeats what stands in samples: so many words in a row that it is no chance. Nothing of the rows
/// belongs in a requirement, and a model that a row has talked round often repeats it.
/// </summary>
internal sealed class Quotation
{
    private const int Words = 6;

    private readonly HashSet<string> _runs = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="samples">What was shown to the model.</param>
    /// <param name="own">The user's own words, which may be repeated.</param>
    public Quotation(IEnumerable<LlmSample> samples, string? own)
    {
        foreach (LlmSample sample in samples)
            foreach (KeyValuePair<string, string> field in sample.Fields) _runs.UnionWith(Runs(field.Value));
        _runs.ExceptWith(Runs(own ?? ""));
    }

    /// <summary>Whether a run of words in the text stands in a sample.</summary>
    public bool IsIn(string text) => Runs(text).Any(_runs.Contains);

    private static IEnumerable<string> Runs(string text)
    {
        string[] words = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i + Words <= words.Length; i++) yield return string.Join(' ', words, i, Words);
    }
}
