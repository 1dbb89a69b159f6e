using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext;

/// <summary>Turns a labelled table into the parameters of a small network in one pass of a trained generator.</summary>
public sealed class InContextGenerator
{
    private const string ShippedFile = "checkpoints/tabular.safetensors";

    private static readonly Lazy<InContextGenerator> s_shipped =
        new(() => Load(Path.Combine(AppContext.BaseDirectory, ShippedFile)));

    internal InContextGenerator(InContextNetwork network) => Network = network;

    /// <summary>The generator that ships with the library.</summary>
    /// <exception cref="ModelInputException">Its checkpoint does not lie beside the program.</exception>
    public static InContextGenerator Shipped => s_shipped.Value;

    /// <summary>The sizes of the network.</summary>
    public InContextOptions Options => Network.Options;

    internal InContextNetwork Network { get; }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="ModelInputException">
    /// The file is missing, damaged, or no checkpoint of this generator.
    /// </exception>
    public static InContextGenerator Load(string path)
    {
        if (!File.Exists(path)) throw new ModelInputException($"There is no checkpoint {path}.");
        return new InContextGenerator(InContextCheckpoint.Read(path).Network);
    }

    /// <summary>The MLP for a table: one hidden layer and a linear path.</summary>
    internal MlpSpec Spec(ContextTable table) =>
        Network.Spec(table.Columns, table.Classes);

    /// <summary>The parameters of <see cref="Spec"/> for a table, in layout order.</summary>
    /// <param name="table">The table; one of many features is seen through a <see cref="ContextProjection"/>.</param>
    /// <param name="rng">Decides the codes of features and classes.</param>
    internal float[] Emit(ContextTable table, Rng rng)
    {
        if (table.Columns > ContextProjection.MostFeatures)
        {
            ContextProjection projection = ContextProjection.Fit(table, rng.Split("projection"));
            return projection.Unfold(Spec(projection.Table), Emit(projection.Table, rng));
        }
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        ContextBatch batch = new(Options, tables: 1, table.Rows, table.Columns, table.Classes);
        batch.Set(0, table, rng);
        return Spec(table).Layout.Join(Network.Forward(batch)).ToArray();
    }
}
