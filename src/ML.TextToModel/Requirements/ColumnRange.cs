using System.Globalization;
using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements;

/// <summary>
/// Between which numbers nearly all values of a column lie; classifiers that are made without rows go by it.
/// </summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, above the lower one.</param>
public sealed partial record ColumnRange(double Low, double High) : ExtensibleJson
{
    /// <summary>Standard deviations from the middle to an end: 95 % of a normal distribution lie between.</summary>
    internal const double Deviations = 2;

    /// <summary>Whether it can be: finite, and the ends in order.</summary>
    internal bool IsSound => double.IsFinite(Low) && double.IsFinite(High) && Low < High;

    /// <summary>
    /// The mean and two standard deviations to either side, to three digits of the width; null where that is no range.
    /// </summary>
    internal static ColumnRange? Around(double mean, double deviation)
    {
        const int most = 15;   // digits behind the point that are rounded to
        double width = 2 * Deviations * deviation;
        if (!double.IsFinite(mean) || !double.IsFinite(width) || width <= 0) return null;
        int digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(width)), 0, most);
        ColumnRange range = new(Math.Round(mean - width / 2, digits), Math.Round(mean + width / 2, digits));
        return range.IsSound ? range : null;
    }

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
