using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// The weights of an <see cref="InContextNetwork"/> in a safetensors file, as half-precision floats; the metadata keys
/// <c>options</c>, <c>step</c>, <c>tables</c> and <c>seed</c> say what it is and how far it was trained.
/// </summary>
/// <param name="Options">The sizes of the network.</param>
/// <param name="Steps">Steps it was trained for, in all runs.</param>
/// <param name="Tables">Tables it saw.</param>
/// <param name="Seed">The seed of the last run.</param>
internal sealed record InContextCheckpoint(InContextOptions Options, long Steps, long Tables, ulong Seed)
{
    /// <summary>Writes the file in one step: an older one stays whole if this fails.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> weights) => SafetensorsWriter.Write(
        path,
        [.. weights.Select(w => SafetensorsTensor.Float16(w.Key, w.Value.ToArray(), w.Value.Shape.ToArray()))],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["options"] = JsonSerializer.Serialize(Options, InContextJson.Default.InContextOptions),
            ["step"] = Steps.ToString(CultureInfo.InvariantCulture),
            ["tables"] = Tables.ToString(CultureInfo.InvariantCulture),
            ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelInputException">It is damaged, or no checkpoint of this generator.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (InContextCheckpoint Checkpoint, InContextNetwork Network) Read(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            InContextOptions options = file.Metadata.TryGetValue("options", out string? json)
                ? JsonSerializer.Deserialize(json, InContextJson.Default.InContextOptions)!
                : throw new ModelInputException("It has no options.");
            if (options.Faults().ToArray() is { Length: > 0 } faults)
                throw new ModelInputException(string.Join(' ', faults));
            InContextNetwork network = new(options, new Rng(0));
            foreach ((string name, Tensor weight) in network.Parameters)
            {
                file.Expect(name, weight.Shape.ToArray());
                file.ReadSingles(name, weight.AsSpan());
            }
            return (new(options, Number(file, "step"), Number(file, "tables"), (ulong)Number(file, "seed")), network);
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException or JsonException)
        {
            throw new ModelInputException($"{path} is no checkpoint of the in-context generator. {e.Message}", e);
        }
    }

    private static long Number(SafetensorsFile file, string key) =>
        long.TryParse(file.Metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out long number)
            && number >= 0
            ? number
            : throw new ModelInputException($"Its metadata has no number '{key}'.");
}

/// <summary>JSON of the options in a checkpoint.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InContextOptions))]
internal sealed partial class InContextJson : JsonSerializerContext;
