using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet;

/// <summary>What an input column holds.</summary>
internal enum InputKind
{
    /// <summary>Rows of the classifier.</summary>
    Floats,

    /// <summary>Texts for the shipped encoder.</summary>
    Text,

    /// <summary>Paths of image files.</summary>
    ImagePath,

    /// <summary>Image files.</summary>
    ImageBytes,
}

/// <summary>
/// A fitted classifier as a text that travels in a saved pipeline: the version of this form, what else it needs, and
/// the bytes of its <c>.t2m</c> file in base 64, separated by line feeds.
/// </summary>
/// <param name="Classifier">The classifier.</param>
/// <param name="Input">What it is given.</param>
/// <param name="Places">The place in <c>Score</c> of each of its classes.</param>
/// <param name="Slots">The number of places.</param>
internal sealed record SavedModel(FittedClassifier Classifier, InputKind Input, int[] Places, int Slots)
{
    private const string Name = "TextToModel";
    private const int Version = 1;

    /// <summary>The size of images that the classifier takes; null where it takes none.</summary>
    public (int Height, int Width)? ImageSize { get; } =
        Classifier.Preprocessing.ImageSize(Classifier.Spec.InputShape);

    /// <summary>The text.</summary>
    public string Write()
    {
        using MemoryStream stream = new();
        ClassifierFile.Write(stream, Classifier);
        Header header = new(Input, Places, Slots, Input == InputKind.Text ? WordTextEncoder.Shipped.Print : null);
        return $"{Name} {Version}\n{JsonSerializer.Serialize(header, SavedModelJson.Default.Header)}\n"
            + Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="ModelInputException">It is damaged, or of a later version.</exception>
    public static SavedModel Read(string text)
    {
        string[] parts = text.Split('\n');
        if (parts.Length != 3 || !parts[0].StartsWith(Name + " ", StringComparison.Ordinal))
            throw new ModelInputException("The saved pipeline holds no TextToModel classifier where one should be.");
        if (parts[0] != $"{Name} {Version}")
            throw new ModelInputException(
                $"The pipeline was saved as '{parts[0]}', which a later version of ML.TextToModel.MLNet writes; this "
                + $"one reads '{Name} {Version}'. Update the package.");
        try
        {
            Header header = JsonSerializer.Deserialize(parts[1], SavedModelJson.Default.Header)
                ?? throw new JsonException();
            FittedClassifier classifier =
                ClassifierFile.Parse(Convert.FromBase64String(parts[2]), "the saved pipeline");
            if (header.Places.Length != classifier.Classes.Count
                || header.Places.Any(place => (uint)place >= (uint)header.Slots))
                throw new JsonException();
            if (header.Encoder is { } print) WordTextEncoder.ShippedAs(print);
            return new SavedModel(classifier, header.Input, header.Places, header.Slots);
        }
        catch (Exception e) when (e is JsonException or FormatException or ClassifierFileException)
        {
            throw new ModelInputException("The TextToModel classifier of the saved pipeline is damaged.", e);
        }
    }

    internal sealed record Header(InputKind Input, int[] Places, int Slots, string? Encoder);
}

[JsonSerializable(typeof(SavedModel.Header))]
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class SavedModelJson : JsonSerializerContext;
