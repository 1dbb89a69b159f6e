using System.Globalization;

namespace ML.TextToModel.MLNet;

/// <summary>
/// Probabilities as one text, each in as many characters. A mapping of one's own can only make vectors of a length that
/// its code names; a text can be of any length, and ML.NET's expression step turns it into a vector as long as <see
/// cref="Columns.Places"/>, with its slot names.
/// </summary>
internal static class ScoreText
{
    /// <summary>Characters of a number: enough for the nine digits that give a float back.</summary>
    public const int Width = 16;

    /// <summary>The expression that reads a number out of the text.</summary>
    public const string Expression = "(place, scores) : single(mid(scores, int(place) * 16, int(place) * 16 + 16))";

    /// <summary>Writes a text of <see cref="Width"/> characters for each number.</summary>
    public static void Write(ReadOnlySpan<float> numbers, Span<char> text)
    {
        text.Fill(' ');
        for (int i = 0; i < numbers.Length; i++)
            numbers[i].TryFormat(text.Slice(i * Width, Width), out _, "G9", CultureInfo.InvariantCulture);
    }
}
