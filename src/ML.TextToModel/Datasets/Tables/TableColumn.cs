using System.Collections.Frozen;
using System.Globalization;

namespace ML.TextToModel.Datasets;

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; decimal point, or decimal comma in files separated by semicolons.</summary>
    Numeric,

    /// <summary>Names of groups.</summary>
    Categorical,

    /// <summary>Two words such as yes and no. The digits 0 and 1 are numbers.</summary>
    Boolean,

    /// <summary>Dates, with or without a time; as numbers, days since 1970-01-01 UTC.</summary>
    Date,

    /// <summary>Sentences.</summary>
    Text,

    /// <summary>Another value in each row, without meaning: numbers or codes of records.</summary>
    IdLike,
}

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Index">Its place in the file, counted from 0, ignored columns included.</param>
/// <param name="Kind">What it holds.</param>
public sealed record TableColumn(string Name, int Index, ColumnKind Kind)
{
    /// <summary>The values that an ARFF header declares, in order; otherwise null.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether fields of this column become numbers: numeric, boolean and date columns.</summary>
    public bool IsNumber => Kind is ColumnKind.Numeric or ColumnKind.Boolean or ColumnKind.Date;

    /// <summary>How the dates of a date column are written, such as <c>d/M/yyyy</c>; null for other kinds.</summary>
    public string? DateStyle => Kind == ColumnKind.Date && DateFormats != DateStyles.Any ? DateFormats[0] : null;

    /// <summary>Whether the kind was given by the user or the file rather than found from the content.</summary>
    internal bool Declared { get; init; }

    internal FrozenSet<string>? ValueSet { get; init; }

    internal MissingMarks Marks { get; init; } = MissingMarks.Default;

    internal bool DecimalComma { get; init; }

    internal string[] DateFormats { get; init; } = DateStyles.Any;

    /// <summary>Whether <paramref name="text"/> stands for no value in this column.</summary>
    public bool IsMissing(ReadOnlySpan<char> text) =>
        Marks.IsMissing(text) || Kind is ColumnKind.Numeric or ColumnKind.Date && Marks.IsMissingAmongNumbers(text);

    /// <summary>
    /// Reads a field of a numeric, boolean (0 or 1) or date (days since 1970-01-01 UTC) column.
    /// </summary>
    /// <param name="text">The field, not missing.</param>
    /// <param name="number">The number; NaN where it is too large for a float.</param>
    /// <returns>Whether the field fits the column's kind.</returns>
    public bool TryNumber(ReadOnlySpan<char> text, out float number) => Kind switch
    {
        ColumnKind.Numeric => TryParse(text, DecimalComma, out number),
        ColumnKind.Boolean => BooleanWords.TryParse(text, out number),
        ColumnKind.Date => DateStyles.TryParse(text, DateFormats, out number),
        _ => throw new InvalidOperationException($"Column '{Name}' is {Kind} and has no numbers."),
    };

    internal bool IsDeclaredValue(ReadOnlySpan<char> text) =>
        ValueSet is null || ValueSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    internal static bool TryParse(ReadOnlySpan<char> text, bool decimalComma, out float number)
    {
        const int longest = 400;   // no finite number written by a program is longer
        number = float.NaN;
        if (text.IsEmpty || text.Length > longest || !IsNumberStart(text[0])) return false;
        if (decimalComma && text.Contains(','))
        {
            Span<char> copy = stackalloc char[longest];
            text.Replace(copy, ',', '.');
            return !text.Contains('.') && TryParse(copy[..text.Length], decimalComma: false, out number);
        }
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return false;
        if (!float.IsFinite(number)) number = float.NaN;
        return true;
    }

    private static bool IsNumberStart(char c) => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or ',';
}
