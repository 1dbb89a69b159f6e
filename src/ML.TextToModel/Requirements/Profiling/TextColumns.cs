using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>Finds out whether a table is one of texts with little beside them, and their columns.</summary>
internal static class TextColumns
{
    private const int Pair = 2;
    private const double TextShare = 0.6;

    private static readonly string[] s_recordNames = ["id", "index", "idx", "key", "no", "nr", "number", "row", "line"];

    /// <summary>The columns with the text or the pair, in file order; none where it is a table of features.</summary>
    /// <param name="profile">The columns.</param>
    /// <param name="label">The label's place, or -1.</param>
    public static int[] Find(TableProfile profile, int label)
    {
        int[] inputs = [.. Enumerable.Range(0, profile.Columns.Count).Where(i => i != label && !IsRecord(profile, i))];
        int[] texts = [.. inputs.Where(i => profile.Statistics[i].IsText)];
        if (texts.Length == 0 || inputs.Any(i => profile.Statistics[i].IsNumeric)) return [];
        double characters = inputs.Sum(i => (double)profile.Statistics[i].Characters);
        if (texts.Sum(i => (double)profile.Statistics[i].Characters) < TextShare * characters) return [];
        return
        [
            .. texts.OrderByDescending(i => profile.Statistics[i].Characters).Take(Pair).Order(),
        ];
    }

    /// <summary>Whether a column numbers or names the records.</summary>
    private static bool IsRecord(TableProfile profile, int index)
    {
        ColumnStatistics column = profile.Statistics[index];
        if (column.Values == 0 || profile.Columns[index].Kind == ColumnKind.IdLike && !column.IsText) return true;
        if (column.IsRecordNumber) return true;
        string[] words = profile.Columns[index].Name.ToLowerInvariant()
            .Split([' ', '_', '-', '.', '#'], StringSplitOptions.RemoveEmptyEntries);
        return column.IsNumeric && words.Length > 0
            && (s_recordNames.Contains(words[^1]) || words[^1].TrimEnd('0', '1', '2', '3').EndsWith("id"));
    }
}
