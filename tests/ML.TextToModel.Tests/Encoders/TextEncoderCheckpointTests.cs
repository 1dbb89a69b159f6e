using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Encoders.Tests;

public sealed class TextEncoderCheckpointTests
{
    private static readonly float[] s_vectors = [1, 0.5f, 0.25f, -2, 3, 4];

    [Fact]
    public void What_is_written_is_read()
    {
        using TemporaryFile file = T2mFiles.Temporary("encoder.safetensors");
        TextEncoderCheckpoint.Write(file.Path, new(["cat", "čapek"], 1), s_vectors, [0.1f, -0.2f], 7, ulong.MaxValue);
        TextEncoderCheckpoint read = TextEncoderCheckpoint.Read(file.Path);
        Assert.Equal(["cat", "čapek"], read.Vocabulary.Words);
        Assert.Equal((1, 7, ulong.MaxValue), (read.Vocabulary.Subwords, read.Steps, read.Seed));
        WordTextEncoder before = new(new(["cat", "čapek"], 1), s_vectors, [0.1f, -0.2f]);
        foreach (string text in new[] { "cat", "a cat of Čapek's", "dogs" })
        {
            float[] expected = new float[2], actual = new float[2];
            before.Encode(text, expected);
            read.Encoder.Encode(text, actual);
            Assert.Equal(expected, actual);
        }
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "empty", "is no text encoder" },
        { "kind", "does not say that it is" },
        { "step", "lacks the numbers" },
        { "no vectors", "There is no tensor" },
        { "one axis", "has a size out of range" },
        { "no row for parts", "2 vectors for 2 words" },
        { "mean", "has the shape" },
        { "infinite", "not finite" },
        { "words of floats", "is no list of words" },
        { "twice", "twice in the vocabulary" },
        { "no word", "is no word" },
    };

    [Theory, MemberData(nameof(Damages))]
    public void A_damaged_file_is_refused(string damage, string message)
    {
        using TemporaryFile file = T2mFiles.Temporary("encoder.safetensors");
        WriteDamaged(file.Path, damage);
        var error = Assert.Throws<ModelInputException>(() => WordTextEncoder.Load(file.Path));
        Assert.StartsWith($"{file.Path} is no text encoder. ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        "nowhere.safetensors", Assert.Throws<ModelInputException>(() => WordTextEncoder.Load("nowhere.safetensors"))
            .Message);

    private static void WriteDamaged(string path, string damage)
    {
        if (damage == "empty")
        {
            File.WriteAllBytes(path, []);
            return;
        }
        byte[] words = damage switch
        {
            "twice" => "cat\ncat"u8.ToArray(),
            "no word" => "cat\nDog"u8.ToArray(),
            _ => "cat\ndog"u8.ToArray(),
        };
        float[] vectors = damage switch
        {
            "no row for parts" => s_vectors[..4],
            "infinite" => [1, 2, 3, 4, 5, 1e6f],
            _ => s_vectors,
        };
        int[] shape = damage == "one axis" ? [6] : [vectors.Length / 2, 2];
        float[] mean = damage == "mean" ? [0] : [0, 0];
        SafetensorsWriter.Write(
            path,
            [
                SafetensorsTensor.Float32("mean", mean, mean.Length),
                SafetensorsTensor.Float16(damage == "no vectors" ? "other" : "vectors", vectors, shape),
                damage == "words of floats"
                    ? SafetensorsTensor.Float32("words", new float[2], 2)
                    : SafetensorsTensor.UInt8("words", words, words.Length),
            ],
            new Dictionary<string, string>
            {
                ["kind"] = damage == "kind" ? "cat" : "word-text-encoder", ["step"] = damage == "step" ? "x" : "1",
                ["seed"] = "0",
            });
    }
}
