namespace ML.TextToModel.Cli.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("cifar10", "cifar100")]        // a letter too few
    [InlineData("drawnn", "drawn")]            // one too many
    [InlineData("miniimageNet", "miniimagenet")]
    [InlineData("carfi100", null)]             // too far
    [InlineData("darwn", "drawn")]             // neighbours swapped
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_unless_it_is_far(string typed, string? expected) =>
        Assert.Equal(expected, Nearest.Find(typed, ["cifar100", "drawn", "miniimagenet"]));

    [Fact]
    public void Of_two_names_the_nearer_one_is_found_wherever_it_stands()
    {
        Assert.Equal("label", Nearest.Find("labl", ["table", "label"]));
        Assert.Equal("label", Nearest.Find("labl", ["label", "table"]));
    }
}
