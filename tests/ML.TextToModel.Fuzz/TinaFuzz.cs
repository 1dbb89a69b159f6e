using System.Text;
using System.Text.Json;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for checkpoints of Tina: whole files, and their metadata in a file that is sound.</summary>
internal static class TinaFuzz
{
    private static readonly byte[][] s_files =
        [File(TokenLayout.ClassRow), File(TokenLayout.Chunked), File(TokenLayout.ClassRow, adapterRank: 1)];

    public static IReadOnlyList<byte[]> Files => s_files;

    public static IReadOnlyList<byte[]> Metadata { get; } = [.. s_files.Select(file =>
    {
        using SafetensorsFile read = SafetensorsFile.Parse(file);
        return Encoding.UTF8.GetBytes(read.Metadata["tina"]);
    })];

    /// <summary>Reads a checkpoint and generates with it.</summary>
    public static void Read(byte[] data)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Parse(data);
            (TinaCheckpoint checkpoint, _, TinaNetwork network) = TinaCheckpoint.Read(file);
            using var noGradient = Tensor.NoGradient();
            using TensorScope scope = new();
            Tensor conditions = Tensor.Zeros([1, 2, checkpoint.Options.ConditionLength]);
            network.Vectors(network.Forward(network.Noise(1, 2, new Rng(1)), [0], conditions), conditions);
            if (checkpoint.Backbone is not { } backbone) return;
            float[] features = new float[backbone.FeatureLength];
            backbone.Extract(new float[backbone.RowLength], features);
            network.ConditionsOfImages(Tensor.From(features, [features.Length]));
        }
        catch (Exception e) when (e is TensorFileException or JsonException)
        {
            throw new ModelInputException(e.Message, e);
        }
    }

    /// <summary>Reads a checkpoint with this metadata, with the weights of any of the files.</summary>
    public static void ReadMetadata(byte[] metadata)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                using SafetensorsFile file = SafetensorsFile.Parse(s_files[i]);
                Read(WithMetadata(file, Encoding.UTF8.GetString(metadata)));
                return;
            }
            catch (ModelInputException) when (i + 1 < s_files.Length)
            {
                // Another file may fit.
            }
        }
    }

    private static byte[] WithMetadata(SafetensorsFile file, string metadata) => Bytes(path => SafetensorsWriter.Write(
        path,
        [.. file.Entries.Select(entry =>
        {
            float[] values = new float[entry.ElementCount];
            file.ReadSingles(entry.Name, values);
            return SafetensorsTensor.Float32(entry.Name, values, [.. entry.Shape]);
        })],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["tina"] = metadata }));

    /// <summary>A checkpoint of CNNs or, with an adapter, of linear heads.</summary>
    private static byte[] File(TokenLayout tokens, int adapterRank = 0)
    {
        TinaOptions options = new()
        {
            Tokens = tokens, ChunkSize = 8, ConditionLength = 2, MaxClasses = 2, BaseHidden = 2, Width = 4, Layers = 1,
            Heads = 1, Hidden = 4, ImageFeatures = 2, AdapterRank = adapterRank,
        };
        ImagePreprocessing pixels = new([0, 0, 0], [1, 1, 1]);
        BackboneSpec backbone =
            new("small", 2, 2, pixels, [new ConvolutionStep(0, 2, 1, 1, 1, 0, 1), new MeanStep(1)]);
        Backbone looking = new(backbone, new float[backbone.Layout.Count]);
        PModelSpec spec = adapterRank > 0
            ? new LinearSpec { Classes = 2, Inputs = looking.FeatureLength }
            : new CnnSpec { Classes = 2, Height = 3, Width = 4, Channels = [2], Strides = [2] };
        Preprocessing preprocessing = adapterRank > 0 ? new BackbonePreprocessing(looking) : pixels;
        float[] scale = [.. options.Emitted(spec).Layout.Slots.Select(_ => 1f)];
        TinaNetwork network = new(options, spec, scale, new Rng(1));
        TinaCheckpoint checkpoint = new(
            TinaCheckpoint.CurrentFormat, options, spec, scale, preprocessing, ["a", "b"], ["a", "b", "c"], "none",
            1, NoiseKind.Linear, "Task", 3, 4, ["note"])
        {
            ImageBackbone = backbone, Backbone = looking,
        };
        return Bytes(path => checkpoint.Write(path, new ConditionSpace([0, 1], 1), network.Parameters));
    }

    private static byte[] Bytes(Action<string> write)
    {
        string path = Path.GetTempFileName();
        try
        {
            write(path);
            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
