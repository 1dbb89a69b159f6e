using System.Globalization;
using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements;

/// <summary>Between which numbers nearly all values of a column lie, for tables that have no rows yet.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, above the lower one.</param>
public sealed partial record ColumnRange(double Low, double High) : ExtensibleJson
{
    /// <summary>Whether it can be: finite, and the ends in order.</summary>
    internal bool IsSound => double.IsFinite(Low) && double.IsFinite(High) && Low < High;

    /// <summary>The first range that a text names, as in "in centimetres, from 4 to 8"; null where it names none.
    /// </summary>
    public static ColumnRange? InWords(string? text)
    {
        Match match = Words().Match(text ?? "");
        if (!match.Success) return null;
        ColumnRange range = new(Number("low"), Number("high"));
        return range.IsSound ? range : null;

        double Number(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"\b(?:from|between)\s+(?<low>-?\d{1,15}(?:\.\d+)?)\s+(?:to|and)\s+(?<high>-?\d{1,15}(?:\.\d+)?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
