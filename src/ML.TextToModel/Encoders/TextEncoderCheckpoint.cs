using System.Globalization;
using System.Text;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Encoders;

/// <summary>
/// A <see cref="WordTextEncoder"/> in a safetensors file: <c>words</c> is the vocabulary in UTF-8, a word a line;
/// <c>vectors</c> (words and rows for parts of words, length) are half-precision floats, <c>mean</c> (length) is of
/// single precision; the metadata keys <c>kind</c>, <c>step</c> and <c>seed</c> say what it is and how it was trained.
/// </summary>
internal sealed record TextEncoderCheckpoint(WordTextEncoder Encoder, Vocabulary Vocabulary, int Steps, ulong Seed)
{
    private const string Kind = "word-text-encoder";
    private const int MostRows = 1_000_000, Longest = 4_096;

    /// <summary>Writes the file in one step: an older one stays whole if this fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="vectors">(rows of the vocabulary, length).</param>
    /// <param name="mean">(length).</param>
    /// <param name="steps">Steps of the training.</param>
    /// <param name="seed">Its seed.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, Vocabulary vocabulary, float[] vectors, float[] mean, int steps, ulong seed)
    {
        byte[] words = Encoding.UTF8.GetBytes(string.Join('\n', vocabulary.Words));
        SafetensorsWriter.Write(
            path,
            [
                SafetensorsTensor.Float32("mean", mean, mean.Length),
                SafetensorsTensor.Float16("vectors", vectors, vocabulary.Rows, mean.Length),
                SafetensorsTensor.UInt8("words", words, words.Length),
            ],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kind"] = Kind, ["step"] = steps.ToString(CultureInfo.InvariantCulture),
                ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelInputException">It is damaged, or no text encoder.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TextEncoderCheckpoint Read(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return Read(file);
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException)
        {
            throw new ModelInputException($"{path} is no text encoder. {e.Message}", e);
        }
    }

    /// <exception cref="ModelInputException">It is no text encoder.</exception>
    /// <exception cref="TensorFileException">It lacks a tensor, or has one of another type or shape.</exception>
    internal static TextEncoderCheckpoint Read(SafetensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault("kind") != Kind)
            throw new ModelInputException($"Its metadata does not say that it is a {Kind}.");
        if (!int.TryParse(file.Metadata.GetValueOrDefault("step"), CultureInfo.InvariantCulture, out int steps)
            || !ulong.TryParse(file.Metadata.GetValueOrDefault("seed"), CultureInfo.InvariantCulture, out ulong seed))
            throw new ModelInputException("Its metadata lacks the numbers 'step' and 'seed'.");
        SafetensorsEntry entry = file.Get("vectors");
        if (entry.Shape is not [> 0 and <= MostRows, > 0 and <= Longest])
            throw new ModelInputException(
                $"{entry} has a size out of range: up to {MostRows:N0} rows of up to {Longest:N0} numbers.");
        (int rows, int length) = (entry.Shape[0], entry.Shape[1]);
        string[] words = Words(file);
        if (words.Length >= rows)
            throw new ModelInputException($"It has {rows:N0} vectors for {words.Length:N0} words and their parts.");
        file.Expect("mean", length);
        float[] vectors = new float[rows * length], mean = new float[length];
        file.ReadSingles("vectors", vectors);
        file.ReadSingles("mean", mean);
        if (!Array.TrueForAll(vectors, float.IsFinite) || !Array.TrueForAll(mean, float.IsFinite))
            throw new ModelInputException("It holds numbers that are not finite.");
        Vocabulary vocabulary = new(words, rows - words.Length);
        return new(new WordTextEncoder(vocabulary, vectors, mean), vocabulary, steps, seed);
    }

    private static string[] Words(SafetensorsFile file)
    {
        SafetensorsEntry entry = file.Get("words");
        if (entry.Type != SafetensorsType.U8 || entry.ByteLength is 0 or > MostRows * 64L)
            throw new ModelInputException($"{entry} is no list of words.");
        byte[] bytes = new byte[entry.ByteLength];
        file.ReadBytes("words", bytes);
        return Encoding.UTF8.GetString(bytes).Split('\n');
    }
}
