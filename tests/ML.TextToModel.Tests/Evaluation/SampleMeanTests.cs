namespace ML.TextToModel.Evaluation.Tests;

public sealed class SampleMeanTests
{
    [Fact]
    public void The_standard_error_is_the_deviation_over_the_root_of_the_size()
    {
        SampleMean mean = SampleMean.Of([1, 2, 3]);   // deviation 1
        Assert.Equal(2, mean.Value);
        Assert.Equal(1 / Math.Sqrt(3), mean.StandardError, 12);
        Assert.Equal(new SampleMean(5, 0), SampleMean.Of([5]));
    }

    [Fact]
    public void Differences_are_taken_pair_by_pair() =>
        Assert.Equal(new SampleMean(-1, 0), SampleMean.OfDifferences([0.25, 2, 7], [1.25, 3, 8]));
}
