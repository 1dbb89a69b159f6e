using System.Runtime.InteropServices;
using System.Text.Json;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.PModels;

/// <summary>Ways in which a <c>.t2m</c> file can be wrong.</summary>
public enum ClassifierFileFault
{
    /// <summary>It is not a safetensors file, or a damaged one.</summary>
    NotSafetensors,

    /// <summary>It is a safetensors file without the metadata key <c>t2m</c>.</summary>
    NotClassifier,

    /// <summary>The metadata is not the JSON that the format describes.</summary>
    BadMetadata,

    /// <summary>It was written in a later version of the format.</summary>
    LaterVersion,

    /// <summary>Architecture, classes and preprocessing do not fit each other.</summary>
    PartsDoNotFit,

    /// <summary>A parameter tensor is missing, has another shape or type, or there is one too many.</summary>
    BadTensor,

    /// <summary>A parameter is infinite or not a number.</summary>
    NotFinite,
}

/// <summary>A <c>.t2m</c> file cannot be used.</summary>
public sealed class ClassifierFileException : ModelInputException
{
    internal ClassifierFileException(ClassifierFileFault fault, string path, string what, Exception? inner = null)
        : base($"{path} cannot be read as a classifier: {what}", inner!) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public ClassifierFileFault Fault { get; }
}

/// <summary>
/// The <c>.t2m</c> format: a safetensors file with one float tensor per parameter and a JSON string under the metadata key
/// <c>t2m</c>. docs/format-t2m.md describes it.
/// </summary>
public static class ClassifierFile
{
    /// <summary>The version that is written; later ones are refused.</summary>
    public const int FormatVersion = 1;

    internal const string MetadataKey = "t2m";

    /// <summary>Writes <paramref name="classifier"/>; the same classifier always gives the same bytes.</summary>
    /// <exception cref="IOException">The file cannot be written; an older one stays whole.</exception>
    public static void Write(string path, FittedClassifier classifier)
    {
        string json = JsonSerializer.Serialize(
            new ClassifierMetadata(
                FormatVersion, classifier.Spec, classifier.Classes, classifier.Preprocessing, classifier.Card),
            ClassifierJson.Default.ClassifierMetadata);
        float[] parameters = classifier.Parameters.ToArray();
        SafetensorsWriter.Write(
            path,
            [.. classifier.Spec.Layout.Slots.Select(slot => SafetensorsTensor.Float32(
                slot.Name, parameters.AsMemory(slot.Offset, slot.Count), slot.Shape.ToArray()))],
            new Dictionary<string, string>(StringComparer.Ordinal) { [MetadataKey] = json });
    }

    /// <summary>Reads a classifier. Nothing in the file is executed.</summary>
    /// <exception cref="ClassifierFileException">The file is damaged or not a classifier.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FittedClassifier Read(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return Read(file, path);
        }
        catch (TensorFileException e)
        {
            throw new ClassifierFileException(ClassifierFileFault.NotSafetensors, path, e.Message, e);
        }
    }

    /// <summary>Reads a classifier from the bytes of a file.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static FittedClassifier Parse(ReadOnlyMemory<byte> bytes, string origin = "a stream")
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Parse(bytes, origin);
            return Read(file, origin);
        }
        catch (TensorFileException e)
        {
            throw new ClassifierFileException(ClassifierFileFault.NotSafetensors, origin, e.Message, e);
        }
    }

    private static FittedClassifier Read(SafetensorsFile file, string path)
    {
        ClassifierMetadata metadata = ReadMetadata(file, path);
        // Sizes are checked before anything is allocated by them.
        string[] faults = [.. metadata.Spec.Faults()];
        if (faults.Length > 0) throw Fault(ClassifierFileFault.PartsDoNotFit, string.Join(' ', faults));
        ParameterLayout layout;
        try
        {
            layout = metadata.Spec.Layout;
        }
        catch (OverflowException e)
        {
            throw new ClassifierFileException(ClassifierFileFault.PartsDoNotFit, path, "the architecture is too large.", e);
        }
        foreach (ParameterSlot slot in layout.Slots)
        {
            if (!file.TryGet(slot.Name, out SafetensorsEntry? entry))
                throw Fault(ClassifierFileFault.BadTensor, $"the tensor '{slot.Name}' is missing.");
            if (entry.Type != SafetensorsType.F32 || !entry.Shape.AsSpan().SequenceEqual(slot.Shape.ToArray()))
                throw Fault(ClassifierFileFault.BadTensor, $"'{entry}' should be F32 {slot.Shape}.");
        }
        if (file.Entries.Count != layout.Slots.Count)
            throw Fault(ClassifierFileFault.BadTensor, $"it holds {file.Entries.Count} tensors in place of {layout.Slots.Count}.");
        float[] parameters = new float[layout.Count];
        foreach (ParameterSlot slot in layout.Slots)
        {
            file.ReadSingles(slot.Name, slot.Of(parameters.AsSpan()));
            if (slot.Of(parameters.AsSpan()).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw Fault(ClassifierFileFault.NotFinite, $"'{slot.Name}' holds an infinity or NaN.");
        }
        try
        {
            return new FittedClassifier(metadata.Spec, parameters, metadata.Classes, metadata.Preprocessing, metadata.Card);
        }
        catch (ModelInputException e)
        {
            throw new ClassifierFileException(ClassifierFileFault.PartsDoNotFit, path, e.Message, e);
        }

        ClassifierFileException Fault(ClassifierFileFault fault, string what) => new(fault, path, what);
    }

    private static ClassifierMetadata ReadMetadata(SafetensorsFile file, string path)
    {
        if (!file.Metadata.TryGetValue(MetadataKey, out string? json))
            throw new ClassifierFileException(
                ClassifierFileFault.NotClassifier, path, $"it is a safetensors file without the metadata key '{MetadataKey}'.");
        try
        {
            int version = JsonDocument.Parse(json).RootElement.GetProperty("format").GetInt32();
            if (version > FormatVersion)
                throw new ClassifierFileException(
                    ClassifierFileFault.LaterVersion, path,
                    $"it has format version {version}, this library reads up to {FormatVersion}; update the library.");
            return JsonSerializer.Deserialize(json, ClassifierJson.Default.ClassifierMetadata)
                ?? throw new JsonException("The metadata is null.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or NotSupportedException)
        {
            throw new ClassifierFileException(ClassifierFileFault.BadMetadata, path, $"its metadata is damaged ({e.Message})", e);
        }
    }
}
