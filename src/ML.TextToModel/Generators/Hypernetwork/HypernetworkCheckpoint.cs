using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>
/// What a trained requirement hypernetwork is, beside its weights: the JSON under the metadata key <c>hypernetwork</c>
/// of its safetensors file.
/// </summary>
/// <param name="Format">The version of this format, 1.</param>
/// <param name="Options">The sizes of the network.</param>
/// <param name="Encoder">The encoder of texts that it was trained with.</param>
/// <param name="Requirements">The sentences of its training.</param>
/// <param name="Steps">Steps of its training.</param>
/// <param name="Seed">The seed of its training.</param>
/// <param name="Notes">What must be said of the data that it learned from.</param>
internal sealed record HypernetworkCheckpoint(
    int Format, HypernetworkOptions Options, string Encoder, IReadOnlyList<string> Requirements, long Steps, ulong Seed,
    IReadOnlyList<string> Notes)
{
    public const int CurrentFormat = 1;

    private const string Key = "hypernetwork", MeanKey = "feature_mean", DeviationKey = "feature_deviation";

    /// <summary>
    /// Writes the file in one step, its weights in half precision: an older one stays whole if this fails.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network, normalised for good.</param>
    /// <param name="scale">How features are standardised.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, HypernetworkNetwork network, FeatureScale scale) => SafetensorsWriter.Write(
        path,
        [
            .. Options.Features == 0 ? [] : new[]
            {
                SafetensorsTensor.Float32(MeanKey, scale.Mean, scale.Mean.Length),
                SafetensorsTensor.Float32(DeviationKey, scale.Deviation, scale.Deviation.Length),
            },
            .. network.Parameters.Select(
                w => SafetensorsTensor.Float16(w.Key, w.Value.ToArray(), w.Value.Shape.ToArray())),
        ],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Key] = JsonSerializer.Serialize(this, HypernetworkJson.Default.HypernetworkCheckpoint),
        });

    /// <summary>Whether a file says that it is one.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return file.Metadata.ContainsKey(Key);
        }
        catch (TensorFileException)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelInputException">It is damaged, or no checkpoint of a hypernetwork.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (HypernetworkCheckpoint Checkpoint, HypernetworkNetwork Network, FeatureScale Scale) Read(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return Read(file);
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException or JsonException)
        {
            throw new ModelInputException($"{path} is no checkpoint of a requirement hypernetwork. {e.Message}", e);
        }
    }

    /// <summary>Reads an open file.</summary>
    /// <exception cref="TensorFileException">It is damaged.</exception>
    /// <exception cref="ModelInputException">It is no checkpoint of a hypernetwork.</exception>
    /// <exception cref="JsonException">Its metadata are no JSON, or something is missing in it.</exception>
    internal static (HypernetworkCheckpoint Checkpoint, HypernetworkNetwork Network, FeatureScale Scale) Read(
        SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(Key, out string? json))
            throw new ModelInputException($"Its metadata has no key '{Key}'.");
        HypernetworkCheckpoint checkpoint =
            JsonSerializer.Deserialize(json, HypernetworkJson.Default.HypernetworkCheckpoint)
            ?? throw new JsonException("It is null.");
        if (checkpoint.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException(string.Join(' ', faults));
        // Before memory is taken for weights that the file does not have.
        long weights = file.Entries.Sum(entry => entry.ElementCount);
        if (checkpoint.Options.LeastWeights > weights)
            throw new ModelInputException($"It has {weights:N0} weights, too few for its sizes.");
        HypernetworkNetwork network = new(checkpoint.Options, new Rng(0));
        foreach ((string name, Tensor weight) in network.Parameters)
        {
            file.Expect(name, weight.Shape.ToArray());
            file.ReadSingles(name, weight.AsSpan());
            if (weight.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw new ModelInputException($"Its tensor '{name}' holds an infinity or NaN.");
        }
        if (checkpoint.Options.Features == 0) return (checkpoint, network, FeatureScale.None);
        FeatureScale scale = new(Vector(MeanKey), Vector(DeviationKey));
        if (!scale.Mean.All(float.IsFinite) || !scale.Deviation.All(d => d > 0 && float.IsFinite(d)))
            throw new ModelInputException("The scale of its features is not finite and above 0.");
        return (checkpoint, network, scale);

        float[] Vector(string name)
        {
            float[] values = new float[checkpoint.Options.Features];
            file.Expect(name, [values.Length]);
            file.ReadSingles(name, values);
            return values;
        }
    }

    private IEnumerable<string> Faults()
    {
        if (Format != CurrentFormat) yield return $"Its format is {Format}, not {CurrentFormat}.";
        foreach (string fault in Options.Faults()) yield return fault;
        if (Requirements.Any(string.IsNullOrWhiteSpace)) yield return "A requirement of its training is empty.";
        if (Notes.Contains(null!)) yield return "A note is null.";
    }
}

/// <summary>JSON of a checkpoint.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HypernetworkCheckpoint))]
internal sealed partial class HypernetworkJson : JsonSerializerContext;
