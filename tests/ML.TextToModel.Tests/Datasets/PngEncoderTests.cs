namespace ML.TextToModel.Datasets.Tests;

public sealed class PngEncoderTests
{
    [Theory, InlineData(1, 1), InlineData(7, 33), InlineData(256, 3)]
    public void An_encoded_image_is_decoded_to_the_same_pixels(int width, int height)
    {
        byte[] pixels =
            [.. Enumerable.Range(0, width * height * RgbImage.Channels).Select(i => (byte)(i * 31 + i / 7))];
        RgbImage image = ImageDecoder.Decode(PngEncoder.Encode(new RgbImage(width, height, pixels)));
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(pixels, image.Pixels);
        Assert.Null(image.Alpha);
    }

    [Fact]
    public void Where_an_image_is_transparent_white_shows()
    {
        RgbImage image = new(1, 1, [10, 20, 30], [0]);
        Assert.Equal([255, 255, 255], ImageDecoder.Decode(PngEncoder.Encode(image)).Pixels);
    }
}
