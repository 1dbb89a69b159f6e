using System.Text;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Seeds and reads for <c>.t2m</c> files. Most damage makes a whole file a bad safetensors file, and the reader stops
/// there; so the metadata is also damaged alone, in a file that is sound otherwise.
/// </summary>
internal static class ClassifierFuzz
{
    private static readonly FittedClassifier[] s_classifiers =
    [
        Classifier(
            new LinearSpec { Classes = 2, Inputs = 3 },
            new FeaturePreprocessing(["a", "b", "c"], [0, 1, 2], [1, 2, 3])),
        Classifier(
            new MlpSpec { Classes = 2, Inputs = 2, Hidden = [2], Skip = true }, new FeaturePreprocessing([], [], [])),
        Classifier(
            new CnnSpec { Classes = 2, Height = 3, Width = 4, Channels = [2], Strides = [2] },
            new ImagePreprocessing([0.5f, 0.4f, 0.3f], [0.25f, 0.5f, 1])),
        Classifier(
            new LinearSpec { Classes = 2, Inputs = 6 },
            new TablePreprocessing(
            [
                new NumericEncoding("n", -1, 4, 0.5f, 2, 0.25f),
                new CategoricalEncoding("c", ["x", "y", "z"], [0.5f, 0.2f, 0.1f], [0, 1]),
            ])),
        Classifier(
            new LinearSpec { Classes = 2, Inputs = 6 },
            new TablePreprocessing(
            [
                new QuantileEncoding("q", [0, 1, 5], [-1, 0, 2], 0.25f),
                new DateEncoding("d", 0, 9, 4, 2, 0.1f, [new DateCycle(7, 0, 0.7f, 0.1f, 0.6f)], "d.M.yyyy"),
            ])),
        Classifier(
            new LinearSpec { Classes = 2, Inputs = 2 },
            new TextPreprocessing(["a", "b"], "e", "p", new FeaturePreprocessing([], [], []))),
        Classifier(new LinearSpec { Classes = 2, Inputs = 2 }, new BackbonePreprocessing(new Backbone(
            new BackboneSpec("b", 3, 2, new ImagePreprocessing([0, 0, 0], [1, 1, 1]),
            [
                new ConvolutionStep(0, 2, 2, 1, 1, 0, 1), new ClampStep(1, 0, 6),
                new SliceStep(2, [0, 0, 0], [1, 1, 1], [1, 1, 2]),
                new PadStep(3, [0, 0, 0], [0, 1, 0]), new MeanStep(4), new FlattenStep(5), new AddStep(5, 6),
            ]), new float[14]))),
    ];

    public static IReadOnlyList<byte[]> Files { get; } = [.. s_classifiers.Select(Write)];

    public static IReadOnlyList<byte[]> Metadata { get; } = [.. Files.Select(file =>
    {
        using SafetensorsFile read = SafetensorsFile.Parse(file);
        return Encoding.UTF8.GetBytes(read.Metadata["t2m"]);
    })];

    /// <summary>Reads a file and predicts with what it holds.</summary>
    public static void Read(byte[] data)
    {
        FittedClassifier classifier = ClassifierFile.Parse(data);
        classifier.Predict(new float[classifier.RowLength], new float[classifier.Classes.Count]);
    }

    /// <summary>Reads files with this metadata, one with the tensors of each architecture.</summary>
    public static void ReadMetadata(byte[] metadata)
    {
        ClassifierFileException? last = null;
        foreach (FittedClassifier classifier in s_classifiers)
        {
            try
            {
                Read(Write(classifier, Encoding.UTF8.GetString(metadata)));
                return;
            }
            catch (ClassifierFileException e)
            {
                last = e;
            }
        }
        throw last!;
    }

    private static FittedClassifier Classifier(PModelSpec spec, Preprocessing preprocessing) => new(
        spec, spec.Initialize(new Rng(1)), ["yes", "no"], preprocessing,
        new ClassifierCard { Generator = "fuzz", Seed = 7, Metrics = [new CardMetric("a", 0.5, "b")], Notes = ["c"] });

    private static byte[] Write(FittedClassifier classifier)
    {
        using var stream = new MemoryStream();
        ClassifierFile.Write(stream, classifier);
        return stream.ToArray();
    }

    private static byte[] Write(FittedClassifier classifier, string metadata)
    {
        using SafetensorsFile file = SafetensorsFile.Parse(Write(classifier));
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            [
                .. file.Entries.Select(entry =>
                    SafetensorsTensor.Float32(entry.Name, Values(file, entry), [.. entry.Shape])),
            ],
            new Dictionary<string, string> { ["t2m"] = metadata });
        return stream.ToArray();
    }

    private static float[] Values(SafetensorsFile file, SafetensorsEntry entry)
    {
        float[] values = new float[entry.Shape.Aggregate(1, (product, size) => product * size)];
        file.ReadSingles(entry.Name, values);
        return values;
    }
}
