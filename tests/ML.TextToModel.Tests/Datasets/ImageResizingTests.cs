namespace ML.TextToModel.Datasets.Tests;

public sealed class ImageResizingTests
{
    public static TheoryData<string> Resized =>
        new(GoldenImages.Names(".rgba").Where(name => name.StartsWith("resize/", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Resized))]
    public void Resized_images_are_those_of_pillow_to_the_bit(string name)
    {
        RgbImage expected = GoldenImages.Expected(name), source = GoldenImages.Expected("png/large");
        ResamplingFilter filter = name.Contains("bicubic") ? ResamplingFilter.Bicubic : ResamplingFilter.Bilinear;
        RgbImage actual = ImageResizing.Resize(source, expected.Width, expected.Height, filter);
        Assert.Equal(expected.Pixels, actual.Pixels);
    }

    [Fact]
    public void The_middle_is_kept()
    {
        RgbImage image = Numbered(7, 4);
        Assert.Equal([12, 13, 14], Reds(ImageResizing.CropCentre(image, 3, 1)));
        Assert.Equal(Reds(image), Reds(ImageResizing.CropCentre(image, 7, 4)));
        Assert.Equal(
            [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34],
            Reds(ImageResizing.CropToShape(image, 1, 1)));
        RgbImage wide = ImageResizing.CropToShape(image, 70, 10);
        Assert.Equal((7, 1), (wide.Width, wide.Height));
        Assert.Equal((1, 4), Size(ImageResizing.CropToShape(image, 1, 1_000_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageResizing.CropCentre(image, 8, 1));
    }

    [Fact]
    public void An_image_is_fitted_by_cropping_or_stretching()
    {
        RgbImage image = Numbered(6, 2);
        Assert.Equal([2, 3, 12, 13], Reds(ImageResizing.Fit(image, 2, 2)));
        Assert.Equal((2, 2), Size(ImageResizing.Fit(image, 2, 2, ImageFit.Stretch)));
        Assert.InRange(Reds(ImageResizing.Fit(image, 2, 2, ImageFit.Stretch))[0], 0, 2);
    }

    [Fact]
    public void Transparent_pixels_are_white_before_they_are_mixed()
    {
        var image = new RgbImage(2, 1, [10, 20, 30, 10, 20, 30], [0, 128]);
        Assert.Equal([255, 255, 255, 132, 137, 142], image.OnWhite().Pixels);
        Assert.Null(image.OnWhite().Alpha);
        Assert.Equal([194, 196, 199], ImageResizing.Fit(image, 1, 1, ImageFit.Stretch).Pixels);
        Assert.Equal([128], ImageResizing.CropCentre(new RgbImage(3, 1, new byte[9], [1, 128, 2]), 1, 1).Alpha!);
    }

    [Fact]
    public void Planes_come_one_after_the_other()
    {
        byte[] planes = new byte[6];
        new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]).ToPlanes(planes);
        Assert.Equal([1, 4, 2, 5, 3, 6], planes);
    }

    [Fact]
    public void Arrays_that_do_not_fit_the_size_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RgbImage(2, 1, new byte[5]));
        Assert.Throws<ArgumentException>(() => new RgbImage(2, 1, new byte[6], new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgbImage(0, 1, []));
    }

    /// <summary>Red tells the place: ten times the row and the column.</summary>
    private static RgbImage Numbered(int width, int height) => new(width, height,
    [
        .. Enumerable.Range(0, width * height).SelectMany(i => new byte[] { (byte)(i / width * 10 + i % width), 0, 0 }),
    ]);

    private static byte[] Reds(RgbImage image) => [.. image.Pixels.Where((_, i) => i % 3 == 0)];

    private static (int Width, int Height) Size(RgbImage image) => (image.Width, image.Height);
}
