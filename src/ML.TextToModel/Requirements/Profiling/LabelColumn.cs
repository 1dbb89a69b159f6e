using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>Finds the column that holds the classes or the score, by names, places and values.</summary>
internal static class LabelColumn
{
    /// <summary>Points that a column needs, and those of a column that is certain.</summary>
    private const double Enough = 2.5, Certain = 9;

    private const int ManyValues = 100;

    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "label", "labels", "class", "classes", "target", "y", "outcome", "gold_label", "ground_truth", "response",
    };

    private static readonly HashSet<string> s_likelyNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "quality", "rating", "score", "similarity", "sentiment", "diagnosis", "species", "category", "kind", "verdict",
        "survived", "churn", "churned", "spam", "fraud", "grade", "intent", "topic", "result", "num", "income",
        "acceptability", "entailment", "decision", "status", "variety", "type",
    };

    private static readonly string[] s_prefixes = ["is_", "is ", "has_"];
    private static readonly string[] s_suffixes = ["_class", " class", "_label", " label", "class_name"];

    /// <summary>The column and how sure that is, from 0 to 1; null where no column is likely.</summary>
    /// <param name="profile">The columns.</param>
    /// <param name="words">What the user says of the task; the column's name is looked for in it.</param>
    /// <param name="classes">The classes that the user names.</param>
    public static (int Index, double Confidence)? Find(
        TableProfile profile, DescriptionProfile? words, IReadOnlyList<string> classes)
    {
        if (profile.AskedLabel >= 0) return (profile.AskedLabel, 1);
        HashSet<string> known = new(classes, StringComparer.OrdinalIgnoreCase);
        double[] points =
            [.. Enumerable.Range(0, profile.Columns.Count).Select(i => Points(profile, i, words?.Aim ?? "", known))];
        if (points.Length < 2) return null;
        int best = Array.IndexOf(points, points.Max());
        if (points[best] < Enough) return null;
        double second = points.Where((_, i) => i != best).Max();
        double lead = Math.Clamp((points[best] - Math.Max(second, 0)) / Certain, 0, 1);
        return (best, Math.Round(Math.Min(0.95, 0.5 + lead), 2));
    }

    /// <summary>Whether the values of a label are numbers to be predicted rather than names of classes.</summary>
    public static bool IsScore(ColumnStatistics label)
    {
        if (!label.IsNumeric) return false;
        if (label.Counts is null) return true;
        bool whole = label.Counts.Keys.All(text =>
            TableColumn.TryParse(text, label.Column.DecimalComma, out float number) && number == MathF.Round(number));
        return label.Counts.Count > (whole ? ManyValues : 10);
    }

    private static double Points(TableProfile profile, int index, string aim, HashSet<string> classes)
    {
        ColumnStatistics column = profile.Statistics[index];
        TableColumn read = profile.Columns[index];
        if (column.Values == 0 || column.Distinct < 2 || column.IsText || read.Kind == ColumnKind.Date)
            return double.NegativeInfinity;
        string name = read.Name.Trim();
        double byName = ByName(name), points = byName + ByWords(name, column, aim, classes);
        if (points == 0 && HasOtherClasses(column, classes)) return double.NegativeInfinity;
        bool score = IsScore(column);
        if (read.Kind == ColumnKind.IdLike || column.IsRecordNumber && points == 0) return double.NegativeInfinity;
        points += index == profile.Columns.Count - 1 ? 3 : index == 0 ? 1 : 0;
        points += score ? (byName > 0 ? -1 : -4) : column.Distinct > ManyValues ? -3 : column.IsNumeric ? 1 : 2;
        if (!score && column.Distinct * 2L > column.Values) points -= 4;
        if (!score && IsAlone(profile, index)) points += 4;
        if (column.Missing > column.Values) points -= 3;
        return points;
    }

    private static double ByName(string name)
    {
        if (s_names.Contains(name)) return 8;
        if (s_likelyNames.Contains(name)) return 4;
        if (s_suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))) return 4;
        return s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? 4 : 0;
    }

    private static double ByWords(
        string name, ColumnStatistics column, string aim, HashSet<string> classes)
    {
        double points = aim.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length > 2 ? 3 : 0;
        bool same = classes.Count > 0 && column.Counts is { } counts && counts.Count == classes.Count
            && counts.Keys.All(classes.Contains);
        return same ? points + 8 : points;
    }

    /// <summary>Whether the user names classes, none of which occurs, and not as many as there are values.</summary>
    private static bool HasOtherClasses(ColumnStatistics column, HashSet<string> classes) =>
        classes.Count > 0 && classes.Count != column.Distinct
        && column.Counts?.Keys.Any(classes.Contains) != true;

    /// <summary>Whether it alone has few values, or names rather than numbers.</summary>
    private static bool IsAlone(TableProfile profile, int index)
    {
        const int few = 10;
        ColumnStatistics own = profile.Statistics[index];
        if (own.IsNumeric && own.Distinct > few) return false;
        for (int i = 0; i < profile.Columns.Count; i++)
        {
            ColumnStatistics other = profile.Statistics[i];
            if (i == index || profile.Columns[i].Kind == ColumnKind.IdLike || other.Values == 0) continue;
            if (!other.IsNumeric || own.IsNumeric && other.Distinct <= few) return false;
        }
        return true;
    }
}
