using System.Text.Json;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Encoders.Tests;

/// <summary>The encoder that ships knows what things are like.</summary>
public sealed class ShippedTextEncoderTests
{
    private static readonly string s_file =
        Path.Combine(AppContext.BaseDirectory, "checkpoints", "text-encoder.safetensors");

    [Fact]
    public void The_file_has_at_most_six_megabytes() => Assert.InRange(new FileInfo(s_file).Length, 1, 6_000_000);

    [Theory]
    [InlineData("leopard", "tiger", "telephone")]
    [InlineData("oak_tree", "willow tree", "motorcycle")]
    [InlineData("Pickup trucks", "bus", "orchid")]
    [InlineData("sweet_pepper", "pear", "skyscraper")]
    [InlineData("golden retriever", "wolf", "cloud")]
    [InlineData("a small animal with long ears and a short tail", "rabbit", "rocket")]
    [InlineData("a large vehicle that carries many passengers by road", "bus", "mushroom")]
    [InlineData("A man is playing a guitar.", "Someone plays an instrument.", "The stocks fell on Friday.")]
    public void Alike_texts_are_nearer_than_others(string text, string alike, string other) =>
        Assert.True(Cosine(text, alike) > Cosine(text, other) + 0.1, $"{Cosine(text, alike)}, {Cosine(text, other)}");

    [Fact]
    public void An_unknown_word_is_nearest_to_those_that_it_is_made_of()
    {
        Assert.False(WordTextEncoder.Shipped.Knows("tigerfishlike"));
        Assert.True(Cosine("tigerfishlike", "tigerfish") > Cosine("tigerfishlike", "telephone"));
    }

    [Fact]
    public void NumPy_encodes_the_same_from_the_file_alone()
    {
        if (!Python.Has("numpy")) Assert.Skip("No python3 with NumPy was found (Debian: python3-numpy).");
        string[] texts =
        [
            "sweet_pepper", "Wolves", "the lion's mane", "Zyzzyvas", "don’t", "čapek 42", "xqz",
            "an aquatic bird with a broad, flat bill; it quacks",
        ];
        string file = Path.GetTempFileName();
        File.WriteAllText(file, JsonSerializer.Serialize(texts));
        byte[] output = Python.Run(Path.Combine(AppContext.BaseDirectory, "Golden", "encode_text.py"), s_file, file);
        File.Delete(file);
        JsonElement[] vectors = [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
        Assert.Equal(texts.Length, vectors.Length);
        for (int i = 0; i < texts.Length; i++)
            Closeness.AssertClose(
                [.. vectors[i].EnumerateArray().Select(value => value.GetSingle())], Vector(texts[i]), 1e-5, texts[i]);
    }

    private static double Cosine(string a, string b) => Vector(a).Zip(Vector(b)).Sum(p => (double)p.First * p.Second);

    private static float[] Vector(string text)
    {
        float[] vector = new float[WordTextEncoder.Shipped.Length];
        WordTextEncoder.Shipped.Encode(text, vector);
        return vector;
    }
}
