namespace ML.TextToModel.Encoders;

/// <summary>
/// Cuts texts into words: runs of letters and digits, in lower case. Underscores, hyphens and all else part them; an
/// apostrophe inside a word is dropped, and with it a final "s" behind it.
/// </summary>
internal static class WordTokenizer
{
    /// <summary>The words of a text, in order; none where it has neither letters nor digits.</summary>
    public static IEnumerable<string> Words(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            if (!char.IsLetterOrDigit(text[start]))
            {
                start++;
                continue;
            }
            int end = start + 1;
            while (end < text.Length && IsInside(text, end)) end++;
            yield return Word(text.AsSpan(start, end - start));
            start = end;
        }
    }

    /// <summary>What an English plural or third person may be the form of, the likeliest first.</summary>
    public static IEnumerable<string> Singulars(string word)
    {
        const int shortest = 4;   // "was" and "his" are no plurals
        if (word.Length < shortest || !word.EndsWith('s')) yield break;
        if (word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal)
            || word.EndsWith("is", StringComparison.Ordinal))
            yield break;
        yield return word[..^1];
        if (!word.EndsWith("es", StringComparison.Ordinal)) yield break;
        if (word.EndsWith("ies", StringComparison.Ordinal)) yield return word[..^3] + "y";
        yield return word[..^2];
        if (!word.EndsWith("ves", StringComparison.Ordinal)) yield break;
        yield return word[..^3] + "f";
        yield return word[..^3] + "fe";
    }

    private static bool IsInside(string text, int at) =>
        char.IsLetterOrDigit(text[at])
        || IsApostrophe(text[at]) && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]);

    private static string Word(ReadOnlySpan<char> raw)
    {
        if (raw.Length > 2 && IsApostrophe(raw[^2]) && raw[^1] is ('s' or 'S')) raw = raw[..^2];
        Span<char> word = raw.Length <= 64 ? stackalloc char[64] : new char[raw.Length];
        int length = 0;
        foreach (char c in raw)
            if (!IsApostrophe(c)) word[length++] = char.ToLowerInvariant(c);
        return word[..length].ToString();
    }

    private static bool IsApostrophe(char c) => c is '\'' or '’';
}
