using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Tina;

/// <summary>What a frozen backbone sees in a few images of a class.</summary>
internal static class ImagePrompts
{
    /// <summary>
    /// The mean of the features of some images, whose middle squares are made as large as the backbone wants them.
    /// </summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="images">At least one image of any size.</param>
    public static float[] MeanFeatures(Backbone backbone, IReadOnlyList<RgbImage> images)
    {
        float[] mean = new float[backbone.FeatureLength], features = new float[mean.Length];
        byte[] planes = new byte[backbone.RowLength];
        float[] row = new float[planes.Length];
        foreach (RgbImage image in images)
        {
            ImageResizing.Fit(image, backbone.Spec.Width, backbone.Spec.Height, ImageFit.Crop).ToPlanes(planes);
            for (int i = 0; i < row.Length; i++) row[i] = planes[i];
            backbone.Extract(row, features);
            for (int i = 0; i < mean.Length; i++) mean[i] += features[i] / images.Count;
        }
        return mean;
    }
}
