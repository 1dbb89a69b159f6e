using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>Images in the form in which p-models take them.</summary>
public static class PreparedImages
{
    /// <summary>Prepares images; for heads their features are computed, once.</summary>
    /// <param name="images">The images.</param>
    /// <param name="preprocessing">That of the p-models.</param>
    /// <param name="options">
    /// Which random changes training makes to the images; for heads they are mirrored at most. Default: none.
    /// </param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The preprocessing is not one of images.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public static ITaskExamples Of(
        ImageSet images, Preprocessing preprocessing, TrainingOptions? options = null,
        CancellationToken cancel = default) => preprocessing switch
        {
            ImagePreprocessing pixels => new ImageExamples(images, null, pixels, options),
            BackbonePreprocessing { Backbone: { } backbone } =>
                BackboneFeatures.Of(backbone, images, options?.Flip ?? false, cancel),
            _ => throw new ModelInputException("These classifiers do not take images."),
        };
}
