namespace ML.TextToModel.Requirements.Profiling;

/// <summary>The requirement of texts.</summary>
internal static class TextRequirement
{
    private const int MostTexts = 1 << 20;   // that are remembered to find repeats

    public static TaskRequirement Of(TextData texts, CancellationToken cancel)
    {
        LanguageGuess language = new();
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        Dictionary<(string, string?), string?> first = [];
        long rows = 0, unlabelled = 0, words = 0, duplicates = 0, conflicts = 0;
        int most = 0;
        bool pair = false;
        foreach (TextSample sample in texts.Samples)
        {
            if ((rows++ & 0xFF) == 0) cancel.ThrowIfCancellationRequested();
            language.Add(sample.Text);
            int own = Words.Count(sample.Text) + Words.Count(sample.Second);
            (words, most, pair) = (words + own, Math.Max(most, own), pair || sample.Second is not null);
            if (sample.Label is null) unlabelled++;
            else counts[sample.Label] = counts.GetValueOrDefault(sample.Label) + 1;
            if (first.TryGetValue((sample.Text, sample.Second), out string? label))
            {
                duplicates++;
                if (label is not null && sample.Label is not null && label != sample.Label) conflicts++;
            }
            else if (first.Count < MostTexts)
            {
                first[(sample.Text, sample.Second)] = sample.Label;
            }
        }
        if (rows == 0) throw new ModelInputException($"{texts.Name}: there are no texts.");
        bool labelled = counts.Count > 0;
        return new()
        {
            Modality = Modality.Text,
            Task = labelled ? TaskKind.Classification : TaskKind.Unknown,
            Classes = [.. counts.Keys.Select(name => new ClassRequirement(name))],
            Inputs = new() { Texts = pair ? ["text 1", "text 2"] : ["text"] },
            Data = new()
            {
                Rows = rows, Unlabelled = labelled ? unlabelled : 0, Counts = counts,
                Imbalance = labelled ? TableRequirement.Imbalance(counts.Values) : null, Duplicates = duplicates,
                Conflicts = labelled ? conflicts : null, Language = language.Code,
                MeanWords = Math.Round(words / (double)rows, 1), MostWords = most,
            },
            Origins = ImageRequirement.Origins(labelled),
            Remarks = conflicts == 0 ? [] : [$"Texts that occur with another label too: {conflicts:N0}."],
        };
    }
}
