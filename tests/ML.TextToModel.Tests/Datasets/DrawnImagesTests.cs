using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets.Tests;

public sealed class DrawnImagesTests
{
    [Fact]
    public void The_seed_decides_and_more_images_change_none()
    {
        ImageSet set = DrawnImages.Draw(4, new Rng(7)), again = DrawnImages.Draw(5, new Rng(7)),
            other = DrawnImages.Draw(4, new Rng(8));
        Assert.Equal(set.Images, again.Images[..set.Images.Length]);
        Assert.NotEqual(set.Images, other.Images);
        Assert.Equal(12, set.ClassNames.Distinct().Count());
        Assert.All(set.Labels.CountBy(label => label), pair => Assert.Equal(4, pair.Value));
    }

    [Fact]
    public void Pixels_alone_tell_little()
    {
        // The nearest of 240 images is a weak but fair classifier; chance is 1/12.
        ImageSet train = DrawnImages.Draw(20, new Rng(1)), test = DrawnImages.Draw(10, new Rng(2));
        int right = Enumerable.Range(0, test.Count).Count(i =>
            train.Labels[Enumerable.Range(0, train.Count)
                .MinBy(j => Distance(test.Image(i), train.Image(j)))] == test.Labels[i]);
        Assert.InRange(right / (double)test.Count, 0.12, 0.5);
    }

    private static long Distance(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
