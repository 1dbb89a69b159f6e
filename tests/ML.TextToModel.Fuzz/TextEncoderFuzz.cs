using ML.TextToModel.Encoders;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for checkpoints of text encoders.</summary>
internal static class TextEncoderFuzz
{
    private static readonly string[] s_texts = ["a dog", "unknown words", "ß"];

    public static IReadOnlyList<byte[]> Files { get; } = [File()];

    /// <summary>Reads a checkpoint and encodes with it.</summary>
    public static void Read(byte[] data)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Parse(data);
            WordTextEncoder encoder = TextEncoderCheckpoint.Read(file).Encoder;
            float[] vector = new float[encoder.Length];
            foreach (string text in s_texts) encoder.Encode(text, vector);
        }
        catch (TensorFileException e)
        {
            throw new ModelInputException(e.Message, e);
        }
    }

    private static byte[] File()
    {
        string[] words = ["a", "dog", "house"];
        const int parts = 2, length = 3;
        float[] vectors = [.. Enumerable.Range(1, (words.Length + parts) * length).Select(i => i / 8f)];
        string path = Path.GetTempFileName();
        try
        {
            TextEncoderCheckpoint.Write(path, new Vocabulary(words, parts), vectors, new float[length], 1, 2);
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
