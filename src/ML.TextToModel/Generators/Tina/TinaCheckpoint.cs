using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// What a trained Tina is, beside its weights: the JSON under the metadata key <c>tina</c> of its safetensors file.
/// </summary>
/// <param name="Format">The version of this format, 1.</param>
/// <param name="Options">The sizes of the network.</param>
/// <param name="Spec">The p-models that it generates.</param>
/// <param name="Scale">The unit of each parameter tensor that is emitted.</param>
/// <param name="Preprocessing">What is done to the p-models' inputs.</param>
/// <param name="Classes">The classes of its training.</param>
/// <param name="ImageClasses">All classes of the images, those included that it was not to see.</param>
/// <param name="Encoder">The encoder of class texts that it was trained with.</param>
/// <param name="ConditionFactor">The factor of its <see cref="ConditionSpace"/>.</param>
/// <param name="Noise">How noise grows with the timestep.</param>
/// <param name="Objective">What it was trained for.</param>
/// <param name="Steps">Steps of its training.</param>
/// <param name="Seed">The seed of its training.</param>
/// <param name="Notes">What must be said of the data that it learned from.</param>
internal sealed record TinaCheckpoint(
    int Format, TinaOptions Options, PModelSpec Spec, IReadOnlyList<float> Scale, Preprocessing Preprocessing,
    IReadOnlyList<string> Classes, IReadOnlyList<string> ImageClasses, string Encoder, float ConditionFactor,
    NoiseKind Noise, string Objective, long Steps, ulong Seed, IReadOnlyList<string> Notes)
{
    public const int CurrentFormat = 1;

    /// <summary>The architecture of the backbone that looks at image prompts; null where there are none.</summary>
    public BackboneSpec? ImageBackbone { get; init; }

    /// <summary>That backbone, whose weights are tensors of the file.</summary>
    [JsonIgnore]
    public Backbone? Backbone { get; init; }

    private const string Key = "tina", MeanKey = "condition_mean", PromptPrefix = "image_";

    /// <summary>
    /// Writes the file in one step, its weights in half precision: an older one stays whole if this fails.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, ConditionSpace space, IEnumerable<KeyValuePair<string, Tensor>> weights) =>
        SafetensorsWriter.Write(
            path,
            [
                SafetensorsTensor.Float32(MeanKey, space.Mean, space.Mean.Length),
                .. weights.Select(
                    w => SafetensorsTensor.Float16(w.Key, w.Value.ToArray(), w.Value.Shape.ToArray())),
                .. OfBackbone(),
                .. Preprocessing.Layout.Slots.Select(slot => SafetensorsTensor.Float16(
                    slot.Name, slot.Of(Preprocessing.Parameters).ToArray(), slot.Shape.ToArray())),
            ],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Key] = JsonSerializer.Serialize(this, TinaJson.Default.TinaCheckpoint),
            });

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelInputException">It is damaged, or no checkpoint of Tina.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (TinaCheckpoint Checkpoint, ConditionSpace Space, TinaNetwork Network) Read(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return Read(file);
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException or JsonException)
        {
            throw new ModelInputException($"{path} is no checkpoint of Tina. {e.Message}", e);
        }
    }

    /// <summary>Reads an open file.</summary>
    /// <exception cref="TensorFileException">It is damaged.</exception>
    /// <exception cref="ModelInputException">It is no checkpoint of Tina.</exception>
    /// <exception cref="JsonException">Its metadata are no JSON, or something is missing in it.</exception>
    internal static (TinaCheckpoint Checkpoint, ConditionSpace Space, TinaNetwork Network) Read(SafetensorsFile file)
    {
        TinaCheckpoint checkpoint = file.Metadata.TryGetValue(Key, out string? json)
            ? Parse(json)
            : throw new ModelInputException($"Its metadata has no key '{Key}'.");
        if (checkpoint.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException(string.Join(' ', faults));
        // Before memory is taken for weights that the file does not have.
        long weights = file.Entries.Sum(entry => entry.ElementCount);
        if (checkpoint.Options.LeastWeights(checkpoint.Spec) + checkpoint.Preprocessing.Layout.Count > weights)
            throw new ModelInputException($"It has {weights:N0} weights, too few for its sizes.");
        float[] mean = new float[checkpoint.Options.ConditionLength];
        file.Expect(MeanKey, [mean.Length]);
        file.ReadSingles(MeanKey, mean);
        TinaNetwork network = new(checkpoint.Options, checkpoint.Spec, checkpoint.Scale, new Rng(0));
        foreach ((string name, Tensor weight) in network.Parameters)
        {
            file.Expect(name, weight.Shape.ToArray());
            file.ReadSingles(name, weight.AsSpan());
        }
        checkpoint = checkpoint.WithPreprocessing(file);
        if (checkpoint.ImageBackbone is { } backbone)
            checkpoint = checkpoint with { Backbone = ReadBackbone(file, backbone) };
        return (checkpoint, new ConditionSpace(mean, checkpoint.ConditionFactor), network);
    }

    private IEnumerable<SafetensorsTensor> OfBackbone() => Backbone is null ? [] : Backbone.Spec.Layout.Slots.Select(
        slot => SafetensorsTensor.Float16(
            PromptPrefix + slot.Name, slot.Of(Backbone.Weights).ToArray(), slot.Shape.ToArray()));

    private static Backbone ReadBackbone(SafetensorsFile file, BackboneSpec spec)
    {
        foreach (ParameterSlot slot in spec.Layout.Slots) file.Expect(PromptPrefix + slot.Name, slot.Shape.ToArray());
        float[] weights = new float[spec.Layout.Count];
        foreach (ParameterSlot slot in spec.Layout.Slots)
            file.ReadSingles(PromptPrefix + slot.Name, slot.Of(weights.AsSpan()));
        return new Backbone(spec, weights);
    }

    /// <summary>This with the weights of a backbone, if the p-models are heads on one.</summary>
    private TinaCheckpoint WithPreprocessing(SafetensorsFile file)
    {
        float[] weights = new float[Preprocessing.Layout.Count];
        foreach (ParameterSlot slot in Preprocessing.Layout.Slots)
        {
            file.Expect(slot.Name, slot.Shape.ToArray());
            file.ReadSingles(slot.Name, slot.Of(weights.AsSpan()));
        }
        Preprocessing preprocessing = Preprocessing.With(weights);
        return preprocessing.Faults(Spec.InputShape).ToArray() is { Length: > 0 } faults
            ? throw new ModelInputException(string.Join(' ', faults))
            : this with { Preprocessing = preprocessing };
    }

    private static TinaCheckpoint Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TinaJson.Default.TinaCheckpoint)
                ?? throw new JsonException("It is null.");
        }
        catch (NotSupportedException e)   // a spec that does not say of which kind it is
        {
            throw new JsonException(e.Message, e);
        }
    }

    private IEnumerable<string> Faults()
    {
        if (Format != CurrentFormat) yield return $"Its format is {Format}, not {CurrentFormat}.";
        string[] faults = [.. Options.Faults(), .. Spec.Faults(), .. Preprocessing.SizeFaults()];
        foreach (string fault in faults) yield return fault;
        if (faults.Length > 0) yield break;
        if (Options.FaultsFor(Spec).ToArray() is { Length: > 0 } ofEmitted)
        {
            foreach (string fault in ofEmitted) yield return fault;
            yield break;
        }
        int emitted = Options.Emitted(Spec).Layout.Slots.Count;
        if (Scale.Count != emitted || !Scale.All(unit => unit > 0 && float.IsFinite(unit)))
            yield return "It does not have a positive unit for each parameter tensor.";
        if (ImageBackbone?.Faults().ToArray() is { Length: > 0 } ofBackbone)
            foreach (string fault in ofBackbone) yield return fault;
        else if ((ImageBackbone?.FeatureLength ?? 0) != Options.ImageFeatures)
            yield return $"Its backbone does not give {Options.ImageFeatures} features.";
        if (!float.IsFinite(ConditionFactor)) yield return "The factor of conditions is not finite.";
        if (!Enum.IsDefined(Noise)) yield return $"There is no noise {Noise}.";
    }
}

/// <summary>JSON of a checkpoint.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowOutOfOrderMetadataProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TinaCheckpoint))]
internal sealed partial class TinaJson : JsonSerializerContext;
