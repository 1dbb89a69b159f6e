using System.Diagnostics;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace QuickStart;

/// <summary>
/// From class names to a classifier of images, without an example of any: it is asked what it sees in pictures that the
/// sample draws, or in files that the user names.
/// </summary>
internal static class ImagePart
{
    private const int Side = 32, PerClass = 20;

    public static void Run(IReadOnlyList<string> files)
    {
        // The five lines: class texts, a generator, a classifier, a file, a prediction.
        ClassText[] classes = [.. Scenes.Classes.Select(name => new ClassText(name))];
        TinaGenerator generator = TinaGenerator.Shipped;
        Stopwatch clock = Stopwatch.StartNew();
        FittedClassifier classifier = generator.Generate(classes);
        classifier.Save(Path.Combine(Path.GetTempPath(), "quickstart-images.t2m"));
        Console.WriteLine(
            $"From the words {string.Join(", ", Scenes.Classes)} to a classifier of images in "
            + $"{clock.Elapsed.TotalMilliseconds:F0} ms: {classifier.Spec}, "
            + $"{classifier.Parameters.Length:N0} parameters.");
        foreach (string file in files)
        {
            byte[] planes = new byte[3 * Side * Side];
            ImageResizing.Fit(ImageDecoder.Load(file), Side, Side).ToPlanes(planes);
            (string best, float probability) = Predict(classifier, [.. planes.Select(value => (float)value)]);
            Console.WriteLine($"  {file}: {best} ({probability:P0})");
        }
        if (files.Count > 0) return;
        foreach (var scene in Scenes.Draw(PerClass, new Rng(1)).GroupBy(scene => scene.Class))
        {
            string[] seen = [.. scene.Select(one => Predict(classifier, one.Picture).Class)];
            IEnumerable<string> counts =
                seen.CountBy(name => name).OrderByDescending(count => count.Value).Select(c => $"{c.Key} {c.Value}×");
            Console.WriteLine($"  {scene.Key}, {PerClass} drawings, seen as: {string.Join(", ", counts)}");
        }
    }

    private static (string Class, float Probability) Predict(FittedClassifier classifier, float[] picture)
    {
        float[] probabilities = new float[classifier.Classes.Count];
        classifier.Predict(picture, probabilities);
        int best = probabilities.IndexOf(probabilities.Max());
        return (classifier.Classes[best], probabilities[best]);
    }
}
