using System.Diagnostics.CodeAnalysis;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>CIFAR-100 with the preprocessing of its training images.</summary>
internal sealed record Cifar100(ImageSet Train, ImageSet Test, ImagePreprocessing Preprocessing)
{
    public static bool TryLoad([NotNullWhen(true)] out Cifar100? data, [NotNullWhen(false)] out string? why)
    {
        KnownDataset known = KnownDatasets.Find("cifar100");
        (data, why) = (null, null);
        if (!known.IsPresent(ImageSplit.Train) || !known.IsPresent(ImageSplit.Test))
        {
            why = $"CIFAR-100 is absent; set {KnownDatasets.RootVariable} or --data-root";
            return false;
        }
        ImageSet train = known.Load(ImageSplit.Train);
        data = new Cifar100(
            train, known.Load(ImageSplit.Test), ImagePreprocessing.Fit(train.Images, ImageSet.Side * ImageSet.Side));
        return true;
    }

    public ImageExamples TrainExamples(IReadOnlyList<IReadOnlyList<int>>? tasks, TrainingOptions options) =>
        new(Train, tasks, Preprocessing, options);

    public ImageExamples TestExamples(IReadOnlyList<IReadOnlyList<int>>? tasks) => new(Test, tasks, Preprocessing);

    /// <summary>
    /// The training images without the last ones of each class, which take the place of the test images.
    /// </summary>
    public Cifar100 HoldOut(int perClass)
    {
        List<int> kept = [], heldOut = [];
        foreach (IGrouping<int, int> images in Enumerable.Range(0, Train.Count).GroupBy(i => Train.Labels[i]))
        {
            kept.AddRange(images.SkipLast(perClass));
            heldOut.AddRange(images.TakeLast(perClass));
        }
        ImageSet train = Train.Select(kept);
        return new Cifar100(
            train, Train.Select(heldOut), ImagePreprocessing.Fit(train.Images, ImageSet.Side * ImageSet.Side));
    }
}
