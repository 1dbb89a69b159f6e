namespace ML.TextToModel.Requirements.Profiling;

/// <summary>Words of a text: what white space separates.</summary>
internal static class Words
{
    public static int Count(ReadOnlySpan<char> text)
    {
        int words = 0;
        bool inWord = false;
        foreach (char c in text)
        {
            bool space = char.IsWhiteSpace(c);
            if (!space && !inWord) words++;
            inWord = !space;
        }
        return words;
    }
}
