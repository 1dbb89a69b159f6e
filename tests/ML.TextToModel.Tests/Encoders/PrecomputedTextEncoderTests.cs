namespace ML.TextToModel.Encoders.Tests;

public sealed class PrecomputedTextEncoderTests
{
    [Fact]
    public void A_text_gets_its_vector_at_length_one()
    {
        PrecomputedTextEncoder encoder = new("two", ["cat", "dog"], [3, 4, 0, 0, 0, 2]);
        float[] vector = new float[3];
        encoder.Encode("cat", vector);
        Assert.Equal([0.6f, 0.8f, 0], vector);
        encoder.Encode("dog", vector);
        Assert.Equal([0, 0, 1], vector);
    }

    [Fact]
    public void An_unknown_text_is_refused_by_name()
    {
        PrecomputedTextEncoder encoder = new("two", ["cat"], [1, 0]);
        var error = Assert.Throws<ModelInputException>(() => encoder.Encode("fox", new float[2]));
        Assert.Contains("'fox'", error.Message);
    }

    [Theory]
    [InlineData(new string[0], new float[0])]
    [InlineData(new[] { "a", "a" }, new float[] { 1, 2 })]
    [InlineData(new[] { "a", "b" }, new float[] { 1, 2, 3 })]
    [InlineData(new[] { "a", "b" }, new float[] { 1, 0 })]
    [InlineData(new[] { "a", "b" }, new float[] { 1, float.NaN })]
    public void What_cannot_be_vectors_of_texts_is_refused(string[] texts, float[] vectors) =>
        Assert.Throws<ModelInputException>(() => new PrecomputedTextEncoder("test", texts, vectors));
}
