using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>A CNN and heads, exported, in ONNX Runtime against their own predictions, on test images.</summary>
internal static class OnnxAgreement
{
    private const int Images = 500, Classes = 10;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        KnownDataset known = KnownDatasets.Find("cifar100");
        string? absent = OnnxPeer.Absent ?? (known.IsPresent(ImageSplit.Test)
            ? null
            : $"CIFAR-100 is absent; set {KnownDatasets.RootVariable} or --data-root");
        if (absent is not null)
        {
            yield return BenchmarkRow.Absent("ONNX", "rows", absent);
            yield break;
        }
        ImageSet test = known.Load(ImageSplit.Test);
        int[] chosen = [.. Enumerable.Range(0, Images).Select(i => (int)((long)i * test.Count / Images))];
        string[] classes = [.. test.ClassNames.Take(Classes)];
        foreach ((string name, FittedClassifier classifier) in Classifiers(classes))
        {
            (int height, int width) = classifier.Preprocessing.ImageSize(classifier.Spec.InputShape)!.Value;
            float[][] rows = [.. chosen.Select(i => Floats(ImageResizing.Planes(test.Image(i), width, height)))];
            string file = Artifacts.Path(context, Path.Combine("onnx", $"{name.Replace(' ', '-')}.onnx"));
            object inputs = new
            {
                rows = rows.Length,
                inputs = new Dictionary<string, float[]> { ["image"] = [.. rows.SelectMany(row => row)] },
                sizes = new Dictionary<string, int[]> { ["image"] = [3, height, width] },
            };
            foreach (BenchmarkRow row in OnnxPeer.Compare(context, $"ONNX, {name}", file, classifier, rows, inputs))
                yield return row;
        }
    }

    private static IEnumerable<(string Name, FittedClassifier Classifier)> Classifiers(string[] classes)
    {
        yield return ("CNN", TinaGenerator.Shipped.Generate([.. classes.Select(name => new ClassText(name))]));
        yield return ("head on ResNet-20", ClassifierSelection.Select(ShippedResNet20.Classifier, classes));
    }

    private static float[] Floats(ReadOnlySpan<byte> planes)
    {
        float[] row = new float[planes.Length];
        for (int i = 0; i < row.Length; i++) row[i] = planes[i];
        return row;
    }
}
