namespace ML.TextToModel.Training.Tests;

public sealed class EncoderFiguresTests
{
    [Fact]
    public void Correlations_are_those_of_the_textbook()
    {
        double[] x = [1, 2, 3, 4, 5], y = [2, 1, 4, 3, 5];
        Assert.Equal(0.8, RankCorrelation.Spearman(x, y), 12);
        Assert.Equal(0.8, RankCorrelation.Pearson(x, y), 12);
        Assert.Equal(1, RankCorrelation.Spearman(x, [1, 10, 100, 1e3, 1e4]), 12);
        Assert.Equal(-1, RankCorrelation.Pearson(x, [5, 4, 3, 2, 1]), 12);
    }

    [Fact]
    public void Equal_numbers_share_their_rank() =>
        Assert.Equal(0.9486832980505138, RankCorrelation.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 12);

    [Fact]
    public void A_constant_list_has_no_correlation() =>
        Assert.Equal(double.NaN, RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(3, 4, 2 / 3.0)]        // cat and dog are animals and things
    [InlineData(3, 6, 1 / 3.0)]        // cat and car are but things
    [InlineData(1, 3, 0.8164966)]      // the animal has two of the cat's three kinds: 2 / √6
    public void Paths_are_alike_by_what_they_share(int a, int b, double expected)
    {
        WordNetPaths paths = new(TinyCorpus.Make().Synsets);
        Assert.Equal(expected, paths.Similarity(a, b), 1e-6);
        Assert.Equal(paths.Similarity(a, b), paths.Similarity(b, a));
    }
}
