namespace ML.TextToModel.Datasets.Tests;

/// <summary>Of images of every kind that tests/Golden/images.py made: the same bits as python3-pil.</summary>
public sealed class ImageDecoderTests
{
    public static TheoryData<string> Pngs => new(GoldenImages.Names(".png"));

    public static TheoryData<string> Jpegs => new(GoldenImages.Names(".jpg"));

    [Theory, MemberData(nameof(Pngs))]
    public void Png_images_decode_to_the_expected_pixels(string name) => Compare(name, ".png");

    [Theory, MemberData(nameof(Jpegs))]
    public void Jpeg_images_decode_to_the_expected_pixels(string name) => Compare(name, ".jpg");

    private static void Compare(string name, string extension)
    {
        RgbImage expected = GoldenImages.Expected(name);
        RgbImage actual = ImageDecoder.Decode(GoldenImages.File(name + extension), name);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(expected.Pixels, actual.Pixels);
        if (expected.Alpha is not null) Assert.Equal(expected.Alpha, actual.Alpha);
        else Assert.DoesNotContain(actual.Alpha ?? [], alpha => alpha != 255);
    }
}
