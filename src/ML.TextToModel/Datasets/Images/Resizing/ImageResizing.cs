namespace ML.TextToModel.Datasets;

/// <summary>
/// Antialiased resizing and cropping. Resizing gives the same bits as Pillow's (Resample.c): each pixel is a weighted
/// mean of all pixels under a filter that is stretched when the image gets smaller, in fixed point, across and then
/// down. The result is opaque: put a transparent image on white first (<see cref="RgbImage.OnWhite"/>). Safe for use by
/// several threads at once.
/// </summary>
public static class ImageResizing
{
    private const int Channels = RgbImage.Channels;

    /// <summary>Resizes an image, whatever that does to its shape.</summary>
    /// <param name="image">The image; its opacity is left out of account.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="filter">The weights. Default: a triangle.</param>
    public static RgbImage Resize(
        RgbImage image, int width, int height, ResamplingFilter filter = ResamplingFilter.Bilinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        byte[] pixels = image.Pixels;
        if (width != image.Width)
            pixels = Across(pixels, image.Height, ResamplingWeights.Of(image.Width, width, filter));
        if (height != image.Height)
            pixels = Down(pixels, width, ResamplingWeights.Of(image.Height, height, filter));
        return new RgbImage(width, height, pixels);
    }

    /// <summary>The planes of an image of an <see cref="ImageSet"/>, resized where another size is wanted.</summary>
    /// <param name="planes">3×32×32: red, green and blue planes.</param>
    /// <param name="width">The width wanted.</param>
    /// <param name="height">The height wanted.</param>
    /// <returns>3×height×width.</returns>
    public static ReadOnlySpan<byte> Planes(ReadOnlySpan<byte> planes, int width, int height)
    {
        if (width == ImageSet.Side && height == ImageSet.Side) return planes;
        byte[] resized = new byte[Channels * width * height];
        Resize(RgbImage.OfPlanes(ImageSet.Side, ImageSet.Side, planes), width, height).ToPlanes(resized);
        return resized;
    }

    /// <summary>The middle of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">The new width, at most the image's.</param>
    /// <param name="height">The new height, at most the image's.</param>
    public static RgbImage CropCentre(RgbImage image, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, image.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, image.Height);
        if (width == image.Width && height == image.Height) return image;
        int left = (image.Width - width) / 2, top = (image.Height - height) / 2;
        byte[] pixels = new byte[width * height * Channels];
        byte[]? alpha = image.Alpha is null ? null : new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            int from = (top + y) * image.Width + left;
            image.Pixels.AsSpan(from * Channels, width * Channels).CopyTo(pixels.AsSpan(y * width * Channels));
            image.Alpha?.AsSpan(from, width).CopyTo(alpha.AsSpan(y * width));
        }
        return new RgbImage(width, height, pixels, alpha);
    }

    /// <summary>The largest part from the middle of an image whose sides are as <paramref name="width"/> to <paramref
    /// name="height"/>, to the pixel.</summary>
    public static RgbImage CropToShape(RgbImage image, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return CropCentre(image, Fitting(image.Width, image.Height, width, height),
            Fitting(image.Height, image.Width, height, width));

        // The part of a side that goes with the whole other side, or the whole side where that is not longer.
        static int Fitting(int side, int other, int wanted, int otherWanted) =>
            (int)Math.Clamp(Math.Round((double)other * wanted / otherWanted), 1, side);
    }

    /// <summary>An image of a given size that shows the middle of another one, or all of it.</summary>
    /// <param name="image">The image; where it is transparent, white shows.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="fit">What to do where the shapes differ.</param>
    public static RgbImage Fit(RgbImage image, int width, int height, ImageFit fit = ImageFit.Crop)
    {
        RgbImage shown = fit == ImageFit.Crop ? CropToShape(image, width, height) : image;
        return Resize(shown.OnWhite(), width, height);
    }

    private static byte[] Across(byte[] source, int height, ResamplingWeights weights)
    {
        byte[] result = new byte[weights.Count * height * Channels];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = source.AsSpan(y * weights.SourceCount * Channels, weights.SourceCount * Channels);
            Span<byte> target = result.AsSpan(y * weights.Count * Channels, weights.Count * Channels);
            for (int x = 0; x < weights.Count; x++)
            {
                ReadOnlySpan<int> w = weights.At(x, out int first);
                int red = ResamplingWeights.Half, green = ResamplingWeights.Half, blue = ResamplingWeights.Half;
                for (int i = 0; i < w.Length; i++)
                {
                    ReadOnlySpan<byte> pixel = row.Slice((first + i) * Channels, Channels);
                    red += pixel[0] * w[i];
                    green += pixel[1] * w[i];
                    blue += pixel[2] * w[i];
                }
                target[x * Channels] = ResamplingWeights.Round(red);
                target[x * Channels + 1] = ResamplingWeights.Round(green);
                target[x * Channels + 2] = ResamplingWeights.Round(blue);
            }
        }
        return result;
    }

    private static byte[] Down(byte[] source, int width, ResamplingWeights weights)
    {
        int rowBytes = width * Channels;
        byte[] result = new byte[weights.Count * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < weights.Count; y++)
        {
            ReadOnlySpan<int> w = weights.At(y, out int first);
            sums.AsSpan().Fill(ResamplingWeights.Half);
            for (int i = 0; i < w.Length; i++)
            {
                ReadOnlySpan<byte> row = source.AsSpan((first + i) * rowBytes, rowBytes);
                for (int x = 0; x < sums.Length; x++) sums[x] += row[x] * w[i];
            }
            Span<byte> target = result.AsSpan(y * rowBytes, rowBytes);
            for (int x = 0; x < sums.Length; x++) target[x] = ResamplingWeights.Round(sums[x]);
        }
        return result;
    }
}

/// <summary>What to do with an image whose shape is not the wanted one.</summary>
public enum ImageFit
{
    /// <summary>Keep the largest part from its middle that has the shape.</summary>
    Crop,

    /// <summary>Keep all of it, and change its shape.</summary>
    Stretch,
}

/// <summary>How much pixels count by their distance.</summary>
public enum ResamplingFilter
{
    /// <summary>A triangle that ends at the distance 1.</summary>
    Bilinear,

    /// <summary>The cubic of Keys (1981) with a = -0.5, which ends at the distance 2.</summary>
    Bicubic,
}
