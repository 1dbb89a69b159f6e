using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

/// <summary>Drawn images and a CNN that is small enough for tests.</summary>
internal static class TinyTrainings
{
    private static readonly Lazy<ImageSet> s_images = new(() => DrawnImages.Draw(perClass: 4, new Rng(7)));

    public static CnnSpec Spec { get; } = new() { Classes = 3, Channels = [4, 6], Strides = [4, 2] };

    /// <summary>All that has an influence is set, so that other defaults leave the learning curves alone.</summary>
    public static TrainingOptions Options { get; } = new()
    {
        Epochs = 6, BatchSize = 7, Rate = 1e-2f, Decay = 1e-2f, WarmUp = 0.1, ClipNorm = 0.5f, Flip = true, Shift = 4,
    };

    /// <summary>48 images, four of each of the twelve classes.</summary>
    public static ImageSet Images => s_images.Value;

    /// <summary>Tasks of three classes each.</summary>
    public static ImageExamples Tasks(int count, TrainingOptions? options = null) => new(
        Images, [.. Enumerable.Range(0, count).Select(t => (int[])[t, (t + 3) % 12, (t + 7) % 12])],
        ImagePreprocessing.Fit(Images.Images, ImageSet.Side * ImageSet.Side), options ?? Options);

    public static ClassifierTraining Start(IExampleSource examples, TrainingOptions? options = null, ulong seed = 5) =>
        new(Spec, Spec.Initialize(new Rng(1)), examples, options ?? Options, seed);

    /// <summary>The losses of so many steps.</summary>
    public static float[] Advance(ClassifierTraining training, int steps) =>
        [.. Enumerable.Range(0, steps).Select(_ => training.Advance())];

    /// <summary>The parameters after the last step.</summary>
    public static float[] Train(IExampleSource examples, TrainingOptions? options = null, ulong seed = 5, int task = 0)
    {
        ClassifierTraining training = Start(examples, options, seed);
        Advance(training, training.TotalSteps);
        return training.Vector(task);
    }
}
