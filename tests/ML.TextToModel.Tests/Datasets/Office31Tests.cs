using System.Buffers.Binary;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Datasets.Tests;

public sealed class Office31Tests
{
    private static readonly string[] s_domains = ["amazon", "dslr", "webcam"];

    [Fact]
    public void All_images_decode_to_the_pixels_of_pillow()
    {
        string[] zips = [.. s_domains.Select(domain => TestInput.Shared($"image/office31/{domain}.zip"))];
        if (!Python.Has("PIL")) Assert.Skip("No python3 with PIL was found (Debian: python3-pil).");
        string script = Path.Combine(AppContext.BaseDirectory, "Golden", "decode_zip.py");
        ReadOnlySpan<byte> expected = Python.Run(script, zips);
        int images = 0;
        double worst = 0;
        foreach (string zip in zips)
        {
            using ImageFolderReader reader = ImageFolderReader.Open(zip);
            Assert.Equal(31, reader.ClassNames.Count);
            for (; reader.Read(); images++)
            {
                RgbImage image = reader.Image!;
                (int width, int height) = (Next(ref expected), Next(ref expected));
                Assert.Equal((width, height), (image.Width, image.Height));
                int difference = 0;
                for (int i = 0; i < image.Pixels.Length; i++) difference += Math.Abs(image.Pixels[i] - expected[i]);
                worst = Math.Max(worst, (double)difference / image.Pixels.Length);
                expected = expected[image.Pixels.Length..];
            }
        }
        Assert.Equal((4_110, 0), (images, expected.Length));
        Assert.InRange(worst, 0, 1);   // grey levels, mean of an image; 0 with libjpeg-turbo, others may round
    }

    private static int Next(ref ReadOnlySpan<byte> bytes)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[sizeof(int)..];
        return value;
    }
}
