using System.Globalization;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>Text of a file, made safe for a message: a hostile name must not steer a terminal or fill a log.</summary>
internal static class Printable
{
    private const int MaxLength = 80;

    /// <summary>The text in single quotes, cut after 80 characters, unprintable characters as question marks.</summary>
    public static string Quote(string text)
    {
        bool cut = text.Length > MaxLength;
        ReadOnlySpan<char> shown = cut ? text.AsSpan(0, MaxLength) : text;
        char[] clean = new char[shown.Length];
        for (int i = 0; i < clean.Length; i++) clean[i] = IsPlain(shown[i]) ? shown[i] : '?';
        return $"'{new string(clean)}{(cut ? "…" : "")}'";
    }

    /// <summary>The sizes in round brackets, such as <c>(100, 512)</c>.</summary>
    public static string Shape(ReadOnlySpan<int> shape) => $"({string.Join(", ", shape.ToArray())})";

    // Format characters (category Cf) include the marks that reverse the direction of the text after them.
    private static bool IsPlain(char c) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
