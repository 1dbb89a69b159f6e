using System.Text;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>What a name of a tensor, or a key of the metadata, may be.</summary>
internal static class SafetensorsName
{
    /// <summary>The name in the header under which the metadata stands; no tensor may have it.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>Refuses a name that a file cannot hold.</summary>
    public static void Check(string name, string parameter)
    {
        if (name.Length > SafetensorsLimits.NameLength)
            throw new ArgumentException(
                $"A name of {name.Length:N0} characters is too long; the limit is {SafetensorsLimits.NameLength:N0}.",
                parameter);
        CheckUnicode(name, parameter);
    }

    /// <summary>Refuses text with half a surrogate pair, which UTF-8 cannot hold.</summary>
    public static void CheckUnicode(string text, string parameter)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
                throw new ArgumentException($"{Quote(text)} is not Unicode text at character {i}.", parameter);
            i += rune.Utf16SequenceLength;
        }
    }
}
