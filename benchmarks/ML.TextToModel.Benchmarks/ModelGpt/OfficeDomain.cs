using ML.TextToModel.Datasets;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>The images of one domain of Office-31 as features of frozen MobileNetV2-0.35, in three parts.</summary>
/// <param name="Name">amazon, dslr or webcam.</param>
/// <param name="Classes">The names of the 31 classes.</param>
/// <param name="Rows">Features and labels of all images.</param>
/// <param name="Parts">60 % to fit to, 20 % to choose settings by, 20 % to score on.</param>
internal sealed record OfficeDomain(string Name, IReadOnlyList<string> Classes, FeatureRows Rows, int[][] Parts)
{
    private const int Side = 96;
    private const string Features = "features", Labels = "labels";

    // MobileNetV2 takes values from -1 to 1.
    private static readonly ImagePreprocessing s_image = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

    // What the collection's paper says of each (Saenko et al. 2010, section 4): five wordings, three of them learned.
    private static readonly Dictionary<string, (string Kind, string[] Words)> s_words = new()
    {
        ["amazon"] = ("product photographs of an online shop",
        [
            "pictures of goods sold by an online merchant, on a white background",
            "product photographs of a web shop, taken in a studio",
            "catalogue images of Amazon, one centred object each",
            "photographs from the pages of an internet store",
            "clean product shots without any background",
        ]),
        ["dslr"] = ("photographs of a digital SLR camera",
        [
            "high resolution photographs of office things, taken with a digital SLR camera",
            "sharp images of objects on a desk, by a DSLR camera under natural light",
            "photographs in an office by a good camera, with little noise",
            "pictures that a single lens reflex camera took of things in a room",
            "detailed camera photographs of real objects in an office",
        ]),
        ["webcam"] = ("photographs of a webcam",
        [
            "low resolution photographs of office things, taken with a webcam",
            "noisy images of objects on a desk, by a simple web camera",
            "photographs in an office by a cheap camera, with colour noise",
            "pictures that a webcam took of things in a room",
            "blurred webcam photographs of real objects in an office",
        ]),
    };

    /// <summary>Reads the zip, and keeps the features.</summary>
    public static OfficeDomain Load(BenchmarkContext context, string zip, string onnx)
    {
        string name = Path.GetFileNameWithoutExtension(zip);
        using ImageFolderReader reader = ImageFolderReader.Open(zip);
        string kept = Artifacts.Path(context, Path.Combine("modelgpt", $"office31-{name}-{Side}.safetensors"));
        if (!File.Exists(kept)) Extract(reader, onnx, kept, context);
        using SafetensorsFile file = SafetensorsFile.Open(kept);
        float[] labels = new float[file.Entries.Single(entry => entry.Name == Labels).ElementCount];
        float[] values = new float[file.Entries.Single(entry => entry.Name == Features).ElementCount];
        file.ReadSingles(Labels, labels);
        file.ReadSingles(Features, values);
        int[] classes = [.. labels.Select(label => (int)label)];
        return new(
            name, reader.ClassNames, new FeatureRows(values, values.Length / classes.Length, classes),
            TableSplit.OfProtocol(name, classes, 0));
    }

    /// <summary>The words of the domain: the requirement in five wordings, and the classes by their names.</summary>
    public TaskDescription Describe(IReadOnlyList<string> classes) => new(
        [.. s_words[Name].Words.Select(words => $"Recognise {Spoken(classes)} in {words}.")],
        new Dictionary<string, string>(), classes.ToDictionary(one => one, one => one.Replace('_', ' ')));

    /// <summary>A part of the images.</summary>
    public FeatureRows Part(int part) => Rows.Subset(Parts[part]);

    private static string Spoken(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Select(one => one.Replace('_', ' ')));

    private static void Extract(ImageFolderReader reader, string onnx, string kept, BenchmarkContext context)
    {
        context.Log($"features of {reader.Count} images");
        Backbone backbone = OnnxImport.Read(onnx, new() { Image = s_image, Side = Side });
        List<float> values = [], labels = [];
        byte[] planes = new byte[backbone.RowLength];
        float[] row = new float[backbone.RowLength], features = new float[backbone.FeatureLength];
        while (reader.Read())
        {
            context.Cancel.ThrowIfCancellationRequested();
            ImageResizing.Fit(reader.Image!, Side, Side).ToPlanes(planes);
            for (int i = 0; i < row.Length; i++) row[i] = planes[i];
            backbone.Extract(row, features);
            values.AddRange(features);
            labels.Add(reader.Label);
        }
        SafetensorsWriter.Write(
            kept,
            [
                SafetensorsTensor.Float32(Features, values.ToArray(), labels.Count, backbone.FeatureLength),
                SafetensorsTensor.Float32(Labels, labels.ToArray(), labels.Count),
            ],
            new Dictionary<string, string>());
    }
}
