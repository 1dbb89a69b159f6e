using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ML.TextToModel.Encoders;

/// <summary>
/// The text encoder that ships: the sum of the vectors of a text's words, scaled to length 1, less a common mean, and
/// scaled to length 1 again. The length of a word's vector is its weight. Words that were not in the training texts are
/// made of the vectors of their runs of characters.
/// </summary>
/// <remarks>Class names and descriptions alike; letter case and the order of words do not matter.</remarks>
public sealed class WordTextEncoder : ITextEncoder
{
    /// <summary>The most characters that a text may have.</summary>
    public const int LongestText = 100_000;

    private const string ShippedFile = "checkpoints/text-encoder.safetensors";

    private static readonly Lazy<WordTextEncoder> s_shipped =
        new(() => Load(Path.Combine(AppContext.BaseDirectory, ShippedFile)));

    private readonly Vocabulary _vocabulary;
    private readonly float[] _vectors, _mean;

    /// <param name="vocabulary">The words.</param>
    /// <param name="vectors">(rows of the vocabulary, length).</param>
    /// <param name="mean">(length).</param>
    internal WordTextEncoder(Vocabulary vocabulary, float[] vectors, float[] mean) =>
        (_vocabulary, _vectors, _mean) = (vocabulary, vectors, mean);

    /// <summary>The encoder that ships with the library.</summary>
    /// <exception cref="ModelInputException">Its checkpoint does not lie beside the program.</exception>
    public static WordTextEncoder Shipped => s_shipped.Value;

    /// <summary>The encoder that ships, for what was made with one of that <see cref="Print"/>.</summary>
    /// <exception cref="ModelInputException">It is another one, or does not lie beside the program.</exception>
    public static WordTextEncoder ShippedAs(string print) => Shipped.Print == print
        ? Shipped
        : throw new ModelInputException(
            $"This was made with another text encoder ({print}) than the one that ships with this version "
            + $"({Shipped.Print}): make it again, or use the version that it was made with.");

    /// <inheritdoc/>
    public string Name => "word vectors";

    /// <inheritdoc/>
    public int Length => _mean.Length;

    /// <summary>Tells it from other encoders: 16 hexadecimal digits, from the bits of one vector.</summary>
    public string Print => field ??= Convert.ToHexStringLower(
        SHA256.HashData(MemoryMarshal.AsBytes(Encode("the quick brown fox jumps over the lazy dog").AsSpan())))[..16];

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="ModelInputException">The file is missing, damaged, or no text encoder.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WordTextEncoder Load(string path) => File.Exists(path)
        ? TextEncoderCheckpoint.Read(path).Encoder
        : throw new ModelInputException($"There is no checkpoint {path}.");

    /// <summary>Whether a word, case aside, has a vector of its own, or is the plural of one that has.</summary>
    public bool Knows(string word) => WordTokenizer.Words(word).All(part => _vocabulary.TryGetRow(part, out _));

    private float[] Encode(string text)
    {
        float[] vector = new float[Length];
        Encode(text, vector);
        return vector;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelInputException">
    /// The text has neither letters nor digits, or more than <see cref="LongestText"/> characters.
    /// </exception>
    public void Encode(string text, Span<float> vector)
    {
        if (text.Length > LongestText)
            throw new ModelInputException(
                $"A text of {text.Length:N0} characters is too long to encode; {LongestText:N0} are the most.");
        vector = vector[..Length];
        vector.Clear();
        bool any = false;
        foreach (string word in WordTokenizer.Words(text))
        {
            any = true;
            if (_vocabulary.TryGetRow(word, out int row)) Add(row, 1, vector);
            else
            {
                int[] rows = _vocabulary.SubwordRows(word);
                foreach (int part in rows) Add(part, 1f / rows.Length, vector);
            }
        }
        if (!any) throw new ModelInputException($"The text '{text}' has no word to encode.");
        Scale(vector, text);
        for (int i = 0; i < vector.Length; i++) vector[i] -= _mean[i];
        Scale(vector, text);
    }

    private void Add(int row, float weight, Span<float> sum)
    {
        ReadOnlySpan<float> values = _vectors.AsSpan(row * Length, Length);
        for (int i = 0; i < sum.Length; i++) sum[i] += weight * values[i];
    }

    private static void Scale(Span<float> vector, string text)
    {
        double squares = 0;
        foreach (float value in vector) squares += (double)value * value;
        if (!(squares > 0) || !double.IsFinite(squares))
            throw new ModelInputException($"The vectors of the words of '{text}' cancel each other.");
        float scale = (float)(1 / Math.Sqrt(squares));
        foreach (ref float value in vector) value *= scale;
    }
}
