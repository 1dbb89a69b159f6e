using System.Collections.Frozen;

namespace ML.TextToModel.Datasets;

/// <summary>
/// The texts that mean "no value". Some mean it in every column: they are what R, pandas, SQL and spreadsheets write.
/// Others, such as "None" or "-", may be categories of their own; they mean it only where every other value of the
/// column is a number or a date.
/// </summary>
public sealed class MissingMarks
{
    /// <summary>Missing in every column; case matters, as "Nan" and "na" are words.</summary>
    public static IReadOnlyList<string> Everywhere { get; } =
        ["", "?", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "null", "NULL"];

    /// <summary>
    /// Missing in numeric and date columns only; case does not matter. Infinities are no use as features.
    /// </summary>
    public static IReadOnlyList<string> AmongNumbers { get; } =
        ["none", "nil", "na", "nan", "null", "-", "--", ".", "*", "missing", "unknown",
         "inf", "+inf", "-inf", "infinity", "-infinity", "#div/0!", "#value!", "#num!", "#ref!"];

    internal static MissingMarks Default { get; } = new(Everywhere, AmongNumbers);

    /// <summary>Only fields that the file itself calls absent: JSON null, ARFF's unquoted question mark.</summary>
    internal static MissingMarks None { get; } = new([], []);

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _everywhere, _amongNumbers;

    private MissingMarks(IEnumerable<string> everywhere, IEnumerable<string> amongNumbers)
    {
        _everywhere = everywhere.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();
        _amongNumbers = amongNumbers.ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal static MissingMarks Of(IReadOnlyList<string>? marks) => marks is null ? Default : new([.. marks, ""], []);

    internal bool IsMissing(ReadOnlySpan<char> text) => _everywhere.Contains(text);

    internal bool IsMissingAmongNumbers(ReadOnlySpan<char> text) => _amongNumbers.Contains(text);
}
