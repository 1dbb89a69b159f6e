using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>A data set as features of a frozen backbone.</summary>
/// <param name="Backbone">The backbone.</param>
/// <param name="Images">The images to learn from.</param>
/// <param name="Train">Their features, and those of their mirror images.</param>
/// <param name="Test">The features of the images to score on.</param>
internal sealed record HeadData(Backbone Backbone, ImageSet Images, BackboneFeatures Train, BackboneFeatures Test)
{
    public int Classes => Train.ClassNames.Count;

    public LinearSpec Spec(int classes) => new() { Inputs = Backbone.FeatureLength, Classes = classes };

    /// <summary>Computes features, or reads them from the artifacts.</summary>
    public static HeadData Load(BenchmarkContext context, string backboneName, Backbone backbone, KnownDataset data)
    {
        ImageSet train = data.Load(ImageSplit.Train), test = data.Load(ImageSplit.Test);
        string file = Path.Combine("heads", $"{backboneName} {data.Name}".Replace(' ', '-'));
        return new(
            backbone, train,
            BackboneFeatures.Cached(
                Artifacts.Path(context, $"{file}.train.safetensors"), backbone, train, mirrored: true, context.Cancel),
            BackboneFeatures.Cached(
                Artifacts.Path(context, $"{file}.test.safetensors"), backbone, test, cancel: context.Cancel));
    }

    /// <summary>
    /// The training images without the last sixth of each class, which take the place of the test images.
    /// </summary>
    public HeadData HoldOut()
    {
        (List<int> kept, List<int> heldOut) = ImageData.HoldOut(Train.Labels);
        return this with { Images = Images.Select(kept), Train = Train.Select(kept), Test = Train.Select(heldOut) };
    }
}
