namespace ML.TextToModel.Encoders.Tests;

public sealed class WordTokenizerTests
{
    [Theory]
    [InlineData("sweet_pepper", "sweet", "pepper")]
    [InlineData("Lawn Mower", "lawn", "mower")]
    [InlineData("jack-o'-lantern", "jack", "o", "lantern")]
    [InlineData("a lion's mane, don't touch", "a", "lion", "mane", "dont", "touch")]
    [InlineData("the dogs’ bowls: 2", "the", "dogs", "bowls", "2")]
    [InlineData("Čapek-ROBOT", "čapek", "robot")]
    [InlineData("'s", "s")]
    [InlineData(" _?! ")]
    [InlineData("")]
    public void Words_are_runs_of_letters_and_digits_in_lower_case(string text, params string[] words) =>
        Assert.Equal(words, WordTokenizer.Words(text));

    [Theory]
    [InlineData("tigers", "tiger")]
    [InlineData("foxes", "foxe", "fox")]
    [InlineData("berries", "berrie", "berry", "berri")]
    [InlineData("wolves", "wolve", "wolv", "wolf", "wolfe")]
    [InlineData("grass")]
    [InlineData("walrus")]
    [InlineData("iris")]
    [InlineData("was")]
    [InlineData("tiger")]
    public void A_plural_may_stand_for_these_singulars(string plural, params string[] singulars) =>
        Assert.Equal(singulars, WordTokenizer.Singulars(plural));
}
