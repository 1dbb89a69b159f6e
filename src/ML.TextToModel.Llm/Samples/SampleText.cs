using System.Globalization;
using System.Text;

namespace ML.TextToModel.Llm;

/// <summary>Makes a text of the user's fit to be sent: short, without hidden characters, masked.</summary>
internal static class SampleText
{
    private const int Overlap = 64;   // longer than anything that is masked, so that no cut leaves half of it

    /// <param name="text">Any text.</param>
    /// <param name="most">Characters to keep of it.</param>
    /// <param name="mask">Whether to take e-mail addresses, phone and card numbers out.</param>
    public static string Prepare(string text, int most, bool mask)
    {
        string shown = Visible(text.AsSpan(0, Math.Min(text.Length, most + Overlap)));
        if (mask) shown = Masking.Mask(shown);
        return shown.Length <= most && text.Length <= most + Overlap ? shown : $"{Cut(shown, most)}…";
    }

    /// <summary>Leaves out what nobody sees: format characters, private ones, halves of pairs.</summary>
    private static string Visible(ReadOnlySpan<char> text)
    {
        StringBuilder shown = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control) shown.Append(' ');
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or
                UnicodeCategory.OtherNotAssigned)) shown.Append(rune);
        }
        return shown.ToString();
    }

    private static string Cut(string text, int most)
    {
        int length = Math.Min(most, text.Length);
        if (length > 0 && char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length];
    }
}
