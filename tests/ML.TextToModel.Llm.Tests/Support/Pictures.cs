using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm.Tests.Support;

/// <summary>Images in memory.</summary>
internal static class Pictures
{
    public static ImageData Of(params (string? Label, int Width, int Height)[] images) => new(
        "pictures", images.Select(image => new ImageSample(
            image.Label,
            () => image.Width > 0
                ? new RgbImage(image.Width, image.Height, new byte[image.Width * image.Height * RgbImage.Channels])
                : ImageDecoder.Decode([], "nothing"))));
}
