using System.Security.Cryptography;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Training;

namespace ML.TextToModel.Zoos;

/// <summary>
/// P-models of one architecture, each trained for some of the same classes: safetensors files in a folder, beside an
/// index of what is in them.
/// </summary>
public sealed class Zoo
{
    private const string ParametersKey = "parameters";

    private readonly string _folder;

    private Zoo(string folder, ZooIndex index) => (_folder, Index) = (folder, index);

    /// <summary>What is in it.</summary>
    public ZooIndex Index { get; }

    /// <summary>The p-models that are there.</summary>
    public int Count => Index.Shards.Sum(shard => shard.Entries.Count);

    /// <summary>Opens the zoo in a folder.</summary>
    /// <exception cref="ModelInputException">There is none, or its index is damaged.</exception>
    public static Zoo Open(string folder) => ZooIndex.Read(folder) is { } index
        ? new(folder, index)
        : throw new ModelInputException($"There is no zoo in {folder}: it has no {ZooIndex.FileName}.");

    /// <summary>The p-models of one file after the other, each with its parameters in layout order.</summary>
    /// <exception cref="ModelInputException">A file is missing, or not as it was written.</exception>
    public IEnumerable<(ZooEntry Entry, float[] Parameters)> PModels()
    {
        foreach (ZooShard shard in Index.Shards)
        {
            float[] all = Read(Path.Combine(_folder, shard.File), shard, Index.Spec);
            int length = Index.Spec.Layout.Count;
            for (int i = 0; i < shard.Entries.Count; i++)
                yield return (shard.Entries[i], all[(i * length)..((i + 1) * length)]);
        }
    }

    /// <summary>All p-models in memory, for images of these classes.</summary>
    /// <exception cref="ModelInputException">
    /// They are of other classes, or a file is missing or not as it was written.
    /// </exception>
    public ZooSample Sample(IReadOnlyList<string> classes)
    {
        if (!Index.Classes.SequenceEqual(classes, StringComparer.Ordinal))
            throw new ModelInputException($"The zoo in {_folder} is not of the classes of these images.");
        return new ZooSample(Index.Spec, [.. PModels().Select(p => (p.Entry.Classes.ToArray(), p.Parameters))]);
    }

    /// <summary>Writes parameters, p-model after p-model, and hashes the file.</summary>
    internal static string Write(string path, float[] parameters, int count)
    {
        SafetensorsWriter.Write(
            path, [SafetensorsTensor.Float32(ParametersKey, parameters, count, parameters.Length / count)]);
        return Sha256(path);
    }

    /// <summary>Whether a file is there, as it was written.</summary>
    internal static bool IsWhole(string folder, ZooShard shard)
    {
        string path = Path.Combine(folder, shard.File);
        return File.Exists(path) && Sha256(path) == shard.Sha256;
    }

    private static float[] Read(string path, ZooShard shard, PModelSpec spec)
    {
        try
        {
            if (!File.Exists(path) || Sha256(path) != shard.Sha256)
                throw new ModelInputException("It is missing or not as it was written; build the zoo again.");
            using SafetensorsFile file = SafetensorsFile.Open(path);
            float[] parameters = new float[shard.Entries.Count * spec.Layout.Count];
            file.Expect(ParametersKey, [shard.Entries.Count, spec.Layout.Count]);
            file.ReadSingles(ParametersKey, parameters);
            return parameters;
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException)
        {
            throw new ModelInputException($"{path} holds no p-models of this zoo. {e.Message}", e);
        }
    }

    private static string Sha256(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
