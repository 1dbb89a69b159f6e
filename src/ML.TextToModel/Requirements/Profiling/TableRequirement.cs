using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>The requirement of a table.</summary>
internal static class TableRequirement
{
    private const double Likely = 0.9;

    /// <param name="table">The table.</param>
    /// <param name="words">What the user says of the task.</param>
    /// <param name="named">The classes that the user names.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="TableException">The table cannot be read, or an option does not fit it.</exception>
    public static TaskRequirement Of(
        TableData table, DescriptionProfile? words, IReadOnlyList<string> named, CancellationToken cancel)
    {
        LanguageGuess language = new();
        (TableProfile profile, table) = TableProfile.Best(table, language, cancel);
        (int Index, double Confidence)? found =
            table.IsUnlabelled ? null : LabelColumn.Find(profile, words, named);
        int label = found?.Index ?? -1;
        int[] texts = TextColumns.Find(profile, label);
        HashSet<int> ignored = [.. Ignored(profile, label, texts)];
        RowRepeats repeats = RowRepeats.Of(table, profile, label, ignored, cancel);
        bool score = label >= 0 && LabelColumn.IsScore(profile.Statistics[label]);
        IReadOnlyDictionary<string, long>? counts = label < 0 || score ? null : profile.Statistics[label].Counts;
        string[] classes = counts is null ? [] : [.. counts.Keys.Order(StringComparer.Ordinal)];
        return new()
        {
            Modality = texts.Length > 0 ? Modality.Text : Modality.Table,
            Task = label < 0 ? TaskKind.Unknown : score ? TaskKind.Score : TaskKind.Classification,
            Classes = [.. classes.Select(name => new ClassRequirement(name))],
            Label = label < 0 ? null : profile.Columns[label].Name,
            Inputs = new()
            {
                Columns = [.. profile.Columns.Select((column, i) => new ColumnRequirement(
                    column.Name, profile.Statistics[i].IsText ? ColumnKind.Text : column.Kind,
                    i == label ? ColumnRole.Label : ignored.Contains(i) ? ColumnRole.Ignored : ColumnRole.Input,
                    Values: profile.Statistics[i].Counts?.Count)
                {
                    Range = column.Kind == ColumnKind.Numeric && i != label ? profile.Statistics[i].Range : null,
                })],
                Texts = [.. texts.Select(i => profile.Columns[i].Name)],
            },
            Data = Patterns(profile, label, ignored, texts, repeats, language) with
            {
                Counts = classes.ToDictionary(name => name, name => counts![name]),
                Imbalance = classes.Length == 0 ? null : Imbalance(counts!.Values),
            },
            Origins = Origins(found, user: profile.AskedLabel >= 0, classes.Length > 0, texts.Length > 0),
            Remarks =
            [
                .. Remarks(profile, label, texts, ignored, repeats, score || classes.Length > 0),
                .. Reading(table, label),
            ],
        };
    }

    /// <summary>Rows of the most frequent class to each of the rarest, with two digits behind the point.</summary>
    internal static double Imbalance(IEnumerable<long> counts) =>
        Math.Round(counts.Max() / (double)counts.Min(), 2);

    private static IEnumerable<int> Ignored(TableProfile profile, int label, int[] texts)
    {
        for (int i = 0; i < profile.Columns.Count; i++)
        {
            bool id = profile.Columns[i].Kind == ColumnKind.IdLike && !profile.Statistics[i].IsText;
            bool beside = texts.Length > 0 && !texts.Contains(i);
            bool empty = profile.Statistics[i].Values == 0 && profile.Rows > 0;
            if (i != label && (id || beside || empty)) yield return i;
        }
    }

    private static DataPatterns Patterns(
        TableProfile profile, int label, HashSet<int> ignored, int[] texts, RowRepeats repeats, LanguageGuess language)
    {
        int[] inputs =
            [.. Enumerable.Range(0, profile.Columns.Count).Where(i => i != label && !ignored.Contains(i))];
        bool hasText = inputs.Any(i => profile.Statistics[i].IsText);
        int[] read = texts.Length > 0 ? texts : [.. inputs.Where(i => profile.Statistics[i].IsText)];
        long missing = inputs.Sum(i => profile.Statistics[i].Missing);
        return new()
        {
            Rows = profile.Rows,
            Skipped = profile.Skipped,
            Unlabelled = label < 0 ? 0 : profile.Statistics[label].Missing,
            Missing = inputs.Length * profile.Rows == 0
                ? 0
                : Math.Round(missing / (double)(inputs.Length * profile.Rows), 4),
            Duplicates = repeats.Duplicates,
            Conflicts = label < 0 ? null : repeats.Conflicts,
            Language = hasText ? language.Code : null,
            MeanWords = hasText ? Math.Round(read.Sum(i => profile.Statistics[i].MeanWords), 1) : null,
            MostWords = hasText ? read.Sum(i => profile.Statistics[i].MostWords) : null,
        };
    }

    private static Dictionary<string, Origin> Origins(
        (int, double Confidence)? label, bool user, bool classes, bool texts)
    {
        Dictionary<string, Origin> origins = new()
        {
            [RequirementFields.Modality] = new(RequirementSource.Data, texts ? Likely : 1),
            [RequirementFields.Inputs] = new(RequirementSource.Data, Likely),
            [RequirementFields.Data] = new(RequirementSource.Data),
        };
        if (label is not (_, double confidence)) return origins;
        origins[RequirementFields.Label] = new(user ? RequirementSource.User : RequirementSource.Rules, confidence);
        origins[RequirementFields.Task] = new(RequirementSource.Data, confidence);
        if (classes) origins[RequirementFields.Classes] = new(RequirementSource.Data, confidence);
        return origins;
    }

    private static IEnumerable<string> Reading(TableData table, int label)
    {
        if (label < 0 && !table.IsUnlabelled)
            yield return "No column looks like the label; name it (--label) if there is one.";
        if (table.Options.Quoted == false) yield return "Quotes were read as characters like others.";
    }

    private static IEnumerable<string> Remarks(
        TableProfile profile, int label, int[] texts, HashSet<int> ignored, RowRepeats repeats, bool predictable)
    {
        string[] ids = Names(i => i != label && profile.Columns[i].Kind == ColumnKind.IdLike
            && !profile.Statistics[i].IsText);
        if (ids.Length > 0) yield return $"Left out, as every row has another value: {string.Join(", ", ids)}.";
        string[] beside = texts.Length == 0
            ? []
            : Names(i => ignored.Contains(i) && !ids.Contains(profile.Columns[i].Name));
        if (beside.Length > 0) yield return $"Left out, as the texts are classified: {string.Join(", ", beside)}.";
        foreach (int i in repeats.Telling)
            yield return $"The column '{profile.Columns[i].Name}' gives the label away: each of its values comes with "
                + "one class. If it is not known when the classifier is used, leave it out (--ignore).";
        if (repeats.Conflicts > 0)
            yield return $"Rows with the inputs of an earlier row but another label: {repeats.Conflicts:N0}.";
        if (profile.Skipped > 0) yield return $"Rows that cannot be used: {profile.Skipped:N0}.";
        if (label >= 0 && !predictable && profile.Statistics[label].Values > 0)
            yield return $"The label '{profile.Columns[label].Name}' has more than {ColumnStatistics.MostValues:N0} "
                + "different values, too many for classes.";

        string[] Names(Func<int, bool> which) =>
            [.. Enumerable.Range(0, profile.Columns.Count).Where(which).Select(i => profile.Columns[i].Name)];
    }
}
