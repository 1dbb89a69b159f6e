namespace ML.TextToModel.Llm;

/// <summary>
/// How many tokens a text costs, without a tokenizer: a token for every four letters of a word (three bytes each beyond
/// ASCII), every three digits of a number, and every other mark. Rather more than the tokenizers of current models need
/// for prose and numbers.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>Tokens of an image, at most: four tiles of 512 pixels and the base in OpenAI's count.</summary>
    public const int OfImage = 765;

    private const int LetterBytes = 4, Digits = 3;

    public static int Of(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        for (int i = 0; i < text.Length;)
        {
            int start = i, bytes = 0;
            if (char.IsWhiteSpace(text[i]))
            {
                i++;   // goes with the word after it
            }
            else if (char.IsDigit(text[i]))
            {
                while (i < text.Length && char.IsDigit(text[i])) i++;
                tokens += (i - start + Digits - 1) / Digits;
            }
            else if (char.IsLetter(text[i]))
            {
                for (; i < text.Length && char.IsLetter(text[i]); i++) bytes += char.IsAscii(text[i]) ? 1 : 3;
                tokens += (bytes + LetterBytes - 1) / LetterBytes;
            }
            else
            {
                tokens++;
                i++;
            }
        }
        return tokens;
    }
}
