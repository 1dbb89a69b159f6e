namespace ML.TextToModel.Encoders.Tests;

public sealed class VocabularyTests
{
    private static readonly Vocabulary s_vocabulary = new(["wolf", "glass", "glasses"], 50);

    [Theory]
    [InlineData("wolf", 0)]
    [InlineData("wolves", 0)]
    [InlineData("glass", 1)]
    [InlineData("glasses", 2)]   // known itself
    [InlineData("fox", null)]
    public void A_word_or_its_singular_has_a_row(string word, int? expected) =>
        Assert.Equal(expected, s_vocabulary.TryGetRow(word, out int row) ? row : null);

    [Fact]
    public void An_unknown_word_is_made_of_rows_behind_the_words()
    {
        int[] rows = s_vocabulary.SubwordRows("foxes");
        Assert.Equal(5 + 4 + 3, rows.Length);   // <foxes> has five runs of three characters, and so on
        Assert.All(rows, row => Assert.InRange(row, 3, 52));
        Assert.Equal(rows, s_vocabulary.SubwordRows("foxes"));
    }

    [Fact]
    public void Words_that_begin_alike_share_rows() =>
        Assert.True(s_vocabulary.SubwordRows("foxglove").Intersect(s_vocabulary.SubwordRows("foxes")).Count() >= 3);

    [Theory]
    [InlineData("x")]
    [InlineData("犬")]
    [InlineData("𝒳𝒴")]
    public void No_word_is_without_parts(string word) => Assert.NotEmpty(s_vocabulary.SubwordRows(word));

    [Theory]
    [InlineData(1, "cat", "cat")]
    [InlineData(1, "two words")]
    [InlineData(1, "Upper")]
    [InlineData(1, "")]
    [InlineData(0, "cat")]
    public void What_cannot_be_a_vocabulary_is_refused(int subwords, params string[] words) =>
        Assert.Throws<ModelInputException>(() => new Vocabulary(words, subwords));
}
