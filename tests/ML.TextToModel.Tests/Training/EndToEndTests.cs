using System.Diagnostics;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

[Collection(nameof(EngineSettings))]
public sealed class EndToEndTests
{
    [Fact]
    public void Train_save_load_predict_on_drawn_images()
    {
        int[] classes = [.. Enumerable.Range(2, 10)];   // ten of the twelve
        ImageSet train = DrawnImages.Draw(perClass: 100, new Rng(1)), test = DrawnImages.Draw(perClass: 30, new Rng(2));
        ImagePreprocessing preprocessing = ImagePreprocessing.Fit(train.Images, ImageSet.Side * ImageSet.Side);
        var spec = new CnnSpec { Classes = classes.Length, Channels = [8, 16, 16], Strides = [2, 2, 2] };
        var options = new TrainingOptions { Epochs = 16, BatchSize = 32, Rate = 2e-2f, Flip = false, Shift = 0 };
        var examples = new ImageExamples(train, [classes], preprocessing, options);
        var training = new ClassifierTraining(spec, spec.Initialize(new Rng(3)), examples, options, seed: 4);
        long start = Stopwatch.GetTimestamp();
        while (training.Step < training.TotalSteps) training.Advance();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        var unseen = new ImageExamples(test, [classes], preprocessing);
        double accuracy = Accuracy.Of(spec, training.Vector(), unseen, cancel: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Accuracy {accuracy:P1} after {training.TotalSteps} steps in {elapsed.TotalSeconds:F1} s.");
        Assert.InRange(accuracy, 0.6, 1);

        using TemporaryFile file = T2mFiles.Temporary();
        string[] names = [.. classes.Select(c => train.ClassNames[c])];
        new FittedClassifier(spec, training.Vector(), names, preprocessing).Save(file.Path);
        FittedClassifier loaded = FittedClassifier.Load(file.Path);
        int[] of = [.. Enumerable.Range(0, test.Count).Where(i => test.Labels[i] >= classes[0])];
        int right = of.Count(i => Best(loaded, test.Image(i)) == test.ClassNames[test.Labels[i]]);
        Assert.Equal(accuracy, (double)right / of.Length);
    }

    private static string Best(FittedClassifier classifier, ReadOnlySpan<byte> image)
    {
        float[] row = Array.ConvertAll(image.ToArray(), value => (float)value);
        float[] probabilities = SmallModels.Predict(classifier, row);
        return classifier.Classes[Array.IndexOf(probabilities, probabilities.Max())];
    }
}
