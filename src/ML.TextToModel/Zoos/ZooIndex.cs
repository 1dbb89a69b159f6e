using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Zoos;

/// <summary>A p-model of a zoo.</summary>
/// <param name="Classes">Its classes in order, as places in the zoo's list.</param>
/// <param name="Accuracy">The share of test images of these classes that it classifies rightly.</param>
public sealed record ZooEntry(IReadOnlyList<int> Classes, double Accuracy);

/// <summary>A file of a zoo.</summary>
/// <param name="File">Its name within the folder.</param>
/// <param name="Sha256">The hash of its bytes, in hexadecimal.</param>
/// <param name="Seed">The seed of its p-models' training.</param>
/// <param name="Entries">What it holds, in order.</param>
public sealed record ZooShard(string File, string Sha256, ulong Seed, IReadOnlyList<ZooEntry> Entries);

/// <summary>What a zoo holds: the file <c>zoo.json</c> in its folder.</summary>
/// <param name="Format">The version of this format, 1.</param>
/// <param name="Spec">The architecture of all p-models.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Tasks">P-models when the zoo is complete.</param>
/// <param name="Fingerprint">The sha256 of all that decides the p-models.</param>
/// <param name="Shards">The files that are there, in order.</param>
public sealed record ZooIndex(
    int Format, PModelSpec Spec, IReadOnlyList<string> Classes, int Tasks, string Fingerprint,
    IReadOnlyList<ZooShard> Shards)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "zoo.json";

    internal const int CurrentFormat = 1;

    /// <summary>Reads it from a folder; null if it has none.</summary>
    /// <exception cref="ModelInputException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static ZooIndex? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            ZooIndex index = JsonSerializer.Deserialize(File.ReadAllBytes(path), ZooJson.Default.ZooIndex)
                ?? throw new JsonException("It is empty.");
            return index.Faults().FirstOrDefault() is { } fault ? throw new JsonException(fault) : index;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)   // a spec of no kind
        {
            throw new ModelInputException($"{path} is no index of a zoo. {e.Message}", e);
        }
    }

    /// <summary>Writes it in one step: an older one stays whole if this fails.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write(string folder) => AtomicFile.Write(
        Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, ZooJson.Default.ZooIndex));

    private IEnumerable<string> Faults()
    {
        if (Format != CurrentFormat) yield return $"Its format is {Format}, not {CurrentFormat}.";
        foreach (string fault in Spec.Faults()) yield return fault;
        foreach (ZooShard shard in Shards)
        {
            if (shard.File != Path.GetFileName(shard.File)) yield return $"It names the file '{shard.File}'.";
            if (shard.Entries.Any(entry => entry.Classes.Count != Spec.Classes
                || entry.Classes.Any(c => c < 0 || c >= Classes.Count)))
                yield return $"An entry of {shard.File} does not have {Spec.Classes} of the {Classes.Count} classes.";
        }
    }
}

/// <summary>JSON of the index.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ZooIndex))]
internal sealed partial class ZooJson : JsonSerializerContext;
