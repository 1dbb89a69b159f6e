using System.Text.Json;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.PModels;

/// <summary>
/// The <c>.t2m</c> format: a safetensors file with one float tensor per parameter and a JSON string under the metadata
/// key <c>t2m</c>. docs/format-t2m.md describes it.
/// </summary>
public static class ClassifierFile
{
    /// <summary>
    /// The latest version, later ones are refused. What is written has the first version that can hold it.
    /// </summary>
    public const int FormatVersion = 5;

    internal const string MetadataKey = "t2m";

    /// <summary>The most characters of the metadata: its objects take several times its length.</summary>
    internal const int MaxMetadataLength = 1 << 24;

    /// <summary>Writes <paramref name="classifier"/>; the same classifier always gives the same bytes.</summary>
    /// <exception cref="IOException">The file cannot be written; an older one stays whole.</exception>
    public static void Write(string path, FittedClassifier classifier)
    {
        (SafetensorsTensor[] tensors, Dictionary<string, string> metadata) = Contents(classifier);
        SafetensorsWriter.Write(path, tensors, metadata);
    }

    /// <summary>Writes the same bytes to a stream, which stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Write(Stream stream, FittedClassifier classifier)
    {
        (SafetensorsTensor[] tensors, Dictionary<string, string> metadata) = Contents(classifier);
        SafetensorsWriter.Write(stream, tensors, metadata);
    }

    /// <summary>Reads a classifier. Nothing in the file is executed.</summary>
    /// <exception cref="ClassifierFileException">The file is damaged or not a classifier.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static FittedClassifier Read(string path) => Read(path, () => SafetensorsFile.Open(path));

    /// <summary>Reads a classifier from the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="origin">The name that messages give to the bytes.</param>
    /// <exception cref="ClassifierFileException">The bytes are damaged or not a classifier.</exception>
    public static FittedClassifier Parse(ReadOnlyMemory<byte> bytes, string origin = "a stream") =>
        Read(origin, () => SafetensorsFile.Parse(bytes, origin));

    private static (SafetensorsTensor[] Tensors, Dictionary<string, string> Metadata) Contents(
        FittedClassifier classifier)
    {
        string json = JsonSerializer.Serialize(
            new ClassifierMetadata(
                classifier.Preprocessing.FormatVersion, classifier.Spec, classifier.Classes,
                classifier.Preprocessing, classifier.Card),
            ClassifierJson.Default.ClassifierMetadata);
        return (
            [
                .. Tensors(classifier.Spec.Layout, classifier.Parameters, half: false),
                .. Tensors(
                    classifier.Preprocessing.Layout, classifier.Preprocessing.Parameters,
                    classifier.Preprocessing.IsHalfPrecision),
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { [MetadataKey] = json });
    }

    private static IEnumerable<SafetensorsTensor> Tensors(
        ParameterLayout layout, ReadOnlySpan<float> parameters, bool half)
    {
        float[] copy = parameters.ToArray();
        return layout.Slots.Select(slot =>
        {
            Memory<float> values = copy.AsMemory(slot.Offset, slot.Count);
            int[] shape = slot.Shape.ToArray();
            return half
                ? SafetensorsTensor.Float16(slot.Name, values, shape)
                : SafetensorsTensor.Float32(slot.Name, values, shape);
        });
    }

    private static FittedClassifier Read(string path, Func<SafetensorsFile> open)
    {
        try
        {
            using SafetensorsFile file = open();
            ClassifierMetadata metadata = ReadMetadata(file, path);
            // Sizes are checked before anything is allocated by them, and then against the tensors that the file holds.
            string[] faults = [.. metadata.Spec.Faults(), .. metadata.Preprocessing.SizeFaults()];
            if (faults.Length > 0)
                throw new ClassifierFileException(ClassifierFileFault.PartsDoNotFit, path, string.Join(' ', faults));
            ParameterLayout own = metadata.Spec.Layout, its = metadata.Preprocessing.Layout;
            CheckTensors(file, own.Slots, its.Slots, canBeHalf: metadata.Format >= 4, path);
            return new FittedClassifier(
                metadata.Spec, ReadParameters(file, own, path), metadata.Classes,
                metadata.Preprocessing.With(ReadParameters(file, its, path)), metadata.Card);
        }
        catch (TensorFileException e)
        {
            string origin = $"{path}: ";   // which the message begins with, as this one does
            bool begins = e.Message.StartsWith(origin, StringComparison.Ordinal);
            string what = begins ? e.Message[origin.Length..] : e.Message;
            throw new ClassifierFileException(ClassifierFileFault.NotSafetensors, path, what, e);
        }
        catch (ModelInputException e) when (e is not ClassifierFileException)
        {
            throw new ClassifierFileException(ClassifierFileFault.PartsDoNotFit, path, e.Message, e);
        }
    }

    private static ClassifierMetadata ReadMetadata(SafetensorsFile file, string path)
    {
        if (!file.Metadata.TryGetValue(MetadataKey, out string? json))
            throw new ClassifierFileException(
                ClassifierFileFault.NotClassifier, path,
                $"it is a safetensors file without the metadata key '{MetadataKey}'.");
        if (json.Length > MaxMetadataLength)
            throw new ClassifierFileException(
                ClassifierFileFault.BadMetadata, path,
                $"its metadata has {json.Length} characters, more than {MaxMetadataLength}.");
        try
        {
            // A name twice in one object would let two programs see two different classifiers.
            using JsonDocument document =
                JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            int version = document.RootElement.GetProperty("format").GetInt32();
            if (version > FormatVersion)
                throw new ClassifierFileException(
                    ClassifierFileFault.LaterVersion, path,
                    $"it has format version {version}, this library reads up to {FormatVersion}; update the library.");
            if (version < 1) throw new JsonException(null, "$.format", null, null);
            return document.Deserialize(ClassifierJson.Default.ClassifierMetadata) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or NotSupportedException)
        {
            string place = e is JsonException { Path: { } at } ? $" at {Printable.Quote(at)}" : "";
            throw new ClassifierFileException(
                ClassifierFileFault.BadMetadata, path,
                $"its metadata is not that of a classifier{place}; make it anew.", e);
        }
    }

    private static void CheckTensors(
        SafetensorsFile file, IReadOnlyList<ParameterSlot> own, IReadOnlyList<ParameterSlot> its, bool canBeHalf,
        string path)
    {
        foreach (ParameterSlot slot in own) Check(slot, canBeHalf: false);
        foreach (ParameterSlot slot in its) Check(slot, canBeHalf);
        if (file.Entries.Count > own.Count + its.Count)
        {
            HashSet<string> names = [.. own.Concat(its).Select(slot => slot.Name)];
            SafetensorsEntry extra = file.Entries.First(entry => !names.Contains(entry.Name));
            throw BadTensor($"the tensor {Printable.Quote(extra.Name)} is not one of the architecture's.");
        }

        void Check(ParameterSlot slot, bool canBeHalf)
        {
            if (!file.TryGet(slot.Name, out SafetensorsEntry? entry))
                throw BadTensor($"the tensor '{slot.Name}' is missing.");
            bool fits = entry.Type == SafetensorsType.F32 || (canBeHalf && entry.Type == SafetensorsType.F16);
            if (!fits || !entry.Shape.AsSpan().SequenceEqual(slot.Shape.ToArray()))
                throw BadTensor($"the tensor {entry} should be F32{(canBeHalf ? " or F16" : "")} {slot.Shape}.");
        }

        ClassifierFileException BadTensor(string what) => new(ClassifierFileFault.BadTensor, path, what);
    }

    private static float[] ReadParameters(SafetensorsFile file, ParameterLayout layout, string path)
    {
        float[] parameters = new float[layout.Count];
        foreach (ParameterSlot slot in layout.Slots)
        {
            file.ReadSingles(slot.Name, slot.Of(parameters.AsSpan()));
            if (!slot.IsFinite(parameters))
                throw new ClassifierFileException(
                    ClassifierFileFault.NotFinite, path, $"the tensor '{slot.Name}' holds an infinity or NaN.");
        }
        return parameters;
    }
}
