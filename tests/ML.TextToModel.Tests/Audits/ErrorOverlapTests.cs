namespace ML.TextToModel.Audits.Tests;

public sealed class ErrorOverlapTests
{
    [Theory]
    [InlineData(new[] { 1, 1, 0, 0 }, new[] { 0, 0, 0, 0 }, 1.0 / 3)]   // wrong: 0 and 2; 1 and 2
    [InlineData(new[] { 1, 1, 2, 0 }, new[] { 0, 0, 2, 0 }, 0)]         // wrong: 0; 1
    [InlineData(new[] { 1, 1, 0, 0 }, new[] { 2, 1, 1, 0 }, 1)]         // wrong in other ways, at the same places
    [InlineData(new[] { 0, 1, 2, 0 }, new[] { 0, 1, 2, 0 }, 1)]         // both always right
    public void It_is_the_share_of_common_mistakes(int[] first, int[] second, double expected) =>
        Assert.Equal(expected, ErrorOverlap.Jaccard(first, second, [0, 1, 2, 0]), 12);

    [Fact]
    public void Predictions_of_other_examples_are_refused() =>
        Assert.Throws<ArgumentException>(() => ErrorOverlap.Jaccard([1], [1, 2], [1, 2]));
}
