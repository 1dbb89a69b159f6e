using System.Diagnostics.CodeAnalysis;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>An image set with the preprocessing of its training images.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Train">The images to learn from.</param>
/// <param name="Test">The images to score on.</param>
/// <param name="Preprocessing">Means and deviations of the training images.</param>
internal sealed record ImageData(string Name, ImageSet Train, ImageSet Test, ImagePreprocessing Preprocessing)
{
    public const string Cifar100 = "cifar100";

    private const int HeldOutShare = 6;

    public ImageData(string name, ImageSet train, ImageSet test)
        : this(name, train, test, ImagePreprocessing.Fit(train.Images, ImageSet.Side * ImageSet.Side))
    {
    }

    /// <summary>Loads a known data set; CIFAR-100 if none is named.</summary>
    public static bool TryLoad(
        [NotNullWhen(true)] out ImageData? data, [NotNullWhen(false)] out string? why, string name = Cifar100)
    {
        KnownDataset known = KnownDatasets.Find(name);
        (data, why) = (null, null);
        if (!known.IsPresent(ImageSplit.Train) || !known.IsPresent(ImageSplit.Test))
        {
            why = $"{name} is absent; set {KnownDatasets.RootVariable} or --data-root";
            return false;
        }
        data = new ImageData(name, known.Load(ImageSplit.Train), known.Load(ImageSplit.Test));
        return true;
    }

    public ImageExamples TrainExamples(IReadOnlyList<IReadOnlyList<int>>? tasks, TrainingOptions options) =>
        new(Train, tasks, Preprocessing, options);

    public ImageExamples TestExamples(IReadOnlyList<IReadOnlyList<int>>? tasks) => new(Test, tasks, Preprocessing);

    /// <summary>
    /// The training images without the last sixth of each class, which takes the place of the test images.
    /// </summary>
    public ImageData HoldOut()
    {
        (List<int> kept, List<int> heldOut) = HoldOut(Train.Labels);
        return new ImageData($"{Name}-held-out", Train.Select(kept), Train.Select(heldOut));
    }

    /// <summary>The places of all images but the last sixth of each class, and of these.</summary>
    public static (List<int> Kept, List<int> HeldOut) HoldOut(IReadOnlyList<int> labels)
    {
        List<int> kept = [], heldOut = [];
        foreach (IGrouping<int, int> images in Enumerable.Range(0, labels.Count).GroupBy(i => labels[i]))
        {
            int held = Math.Max(1, images.Count() / HeldOutShare);
            kept.AddRange(images.SkipLast(held));
            heldOut.AddRange(images.TakeLast(held));
        }
        return (kept, heldOut);
    }
}
