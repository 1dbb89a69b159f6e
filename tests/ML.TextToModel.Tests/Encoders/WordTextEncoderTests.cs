using ML.TextToModel.Tests;

namespace ML.TextToModel.Encoders.Tests;

public sealed class WordTextEncoderTests
{
    private static readonly WordTextEncoder s_encoder = new(
        new Vocabulary(["sweet", "pepper", "not"], 2), [3, 4, 1, 0, -1, 0, 0, 1, 0, 1], [0, 0]);

    [Fact]
    public void A_text_is_the_sum_of_its_words_at_length_one()
    {
        Assert.Equal([0.6f, 0.8f], Encode("sweet"));
        float root = MathF.Sqrt(32);
        Closeness.AssertClose([4 / root, 4 / root], Encode("sweet_pepper"), 1e-6, "sum");
    }

    [Fact]
    public void Case_order_and_plural_do_not_matter() =>
        Assert.Equal(Encode("sweet_pepper"), Encode("Peppers, SWEET"));

    [Fact]
    public void The_mean_is_taken_off_before_the_length_is_one()
    {
        WordTextEncoder centred = new(new Vocabulary(["cat"], 1), [0, 2, 1, 1], [0.75f, 0]);
        float[] vector = new float[2];
        centred.Encode("cat", vector);
        Assert.Equal([-0.6f, 0.8f], vector);
    }

    [Fact]
    public void An_unknown_word_is_the_mean_of_its_parts()
    {
        Assert.False(s_encoder.Knows("zebra"));
        Assert.Equal([0, 1], Encode("zebra"));
        Assert.True(s_encoder.Knows("Sweet pepper"));
    }

    [Theory]
    [InlineData("", "no word")]
    [InlineData("__ ?", "no word")]
    [InlineData("not pepper", "cancel")]
    public void A_text_without_a_direction_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ModelInputException>(() => Encode(text)).Message);

    [Fact]
    public void A_text_that_is_too_long_is_refused()
    {
        Encode(new string('x', WordTextEncoder.LongestText));
        var error = Assert.Throws<ModelInputException>(() => Encode(new string('x', WordTextEncoder.LongestText + 1)));
        Assert.Contains("100,001", error.Message);
    }

    private static float[] Encode(string text)
    {
        float[] vector = new float[2];
        s_encoder.Encode(text, vector);
        return vector;
    }
}
