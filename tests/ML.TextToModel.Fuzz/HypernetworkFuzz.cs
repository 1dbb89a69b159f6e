using System.Text.Json;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Seeds and reads for checkpoints of requirement hypernetworks, for tables and for image heads: whole files, whose
/// metadata the mutator meets too.
/// </summary>
internal static class HypernetworkFuzz
{
    public static IReadOnlyList<byte[]> Files { get; } = [File(features: 0), File(features: 3)];

    /// <summary>Reads a checkpoint and emits with it.</summary>
    public static void Read(byte[] data)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Parse(data);
            (HypernetworkCheckpoint checkpoint, HypernetworkNetwork network, _) = HypernetworkCheckpoint.Read(file);
            int e = checkpoint.Options.ConditionLength;
            float[] feature =
                checkpoint.Options.Features > 0 ? [] : new float[TaskCondition.FeatureLength(e)];
            using var noGradient = Tensor.NoGradient();
            using TensorScope scope = new();
            network.Forward(new TaskCondition(new float[e], feature, new float[2 * e]));
        }
        catch (Exception e) when (e is TensorFileException or JsonException)
        {
            throw new ModelInputException(e.Message, e);
        }
    }

    private static byte[] File(int features)
    {
        HypernetworkOptions options = new()
        {
            ConditionLength = 2, Width = 3, Layers = 1, Hidden = [2, 2], Features = features, Rank = 1,
        };
        HypernetworkCheckpoint checkpoint = new(
            HypernetworkCheckpoint.CurrentFormat, options, "none", ["a sentence"], 3, 4, ["note"]);
        string path = Path.GetTempFileName();
        try
        {
            checkpoint.Write(
                path, new HypernetworkNetwork(options, new Rng(1)), new FeatureScale([0, 1, 2], [1, 2, 3]));
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
