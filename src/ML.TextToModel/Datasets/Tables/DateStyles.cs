using System.Globalization;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Ways of writing dates. A column keeps to one style; where month-first and day-first both fit every value,
/// month-first, which comes first here, is taken.
/// </summary>
internal static class DateStyles
{
    public static string[][] All { get; } =
    [
        WithTimes("yyyy-M-d", "yyyy-M-dT"),
        WithTimes("yyyy/M/d"),
        WithTimes("M/d/yyyy"),
        WithTimes("d/M/yyyy"),
        WithTimes("d.M.yyyy"),
        WithTimes("d-MMM-yyyy"),
        WithTimes("d MMM yyyy"),
        WithTimes("MMM d, yyyy"),
    ];

    public static string[] Any { get; } = [.. All.SelectMany(style => style)];

    /// <summary>The formats of a style given by its first; one that is none of these stands alone.</summary>
    public static string[] Of(string style) => All.FirstOrDefault(formats => formats[0] == style) ?? [style];

    public static bool TryParse(ReadOnlySpan<char> text, string[] formats, out float days)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        days = float.NaN;
        if (text.Length is < 6 or > 40) return false;
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, utc, out DateTime date)) return false;
        days = (float)(date - DateTime.UnixEpoch).TotalDays;
        return true;
    }

    private static string[] WithTimes(string date, string? joined = null)
    {
        string[] times = ["H:m", "H:m:s", "H:m:s.FFFFFFF", "H:mK", "H:m:sK", "H:m:s.FFFFFFFK"];
        IEnumerable<string> starts = joined is null ? [$"{date} "] : [$"{date} ", joined];
        return [date, .. starts.SelectMany(start => times.Select(time => start + time))];
    }
}

/// <summary>The pairs of words that make a column boolean.</summary>
internal static class BooleanWords
{
    public static (string True, string False)[] Pairs { get; } =
        [("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n"), ("on", "off")];

    public static bool TryParse(ReadOnlySpan<char> text, out float number)
    {
        foreach ((string yes, string no) in Pairs)
        {
            if (Is(text, yes)) { number = 1; return true; }
            if (Is(text, no)) { number = 0; return true; }
        }
        number = text is "1" ? 1 : text is "0" ? 0 : float.NaN;
        return !float.IsNaN(number);
    }

    public static bool Is(ReadOnlySpan<char> text, string word) =>
        text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
