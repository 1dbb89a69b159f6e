using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext;

/// <summary>Turns a labelled table into the parameters of a small network in one pass of a trained generator.</summary>
public sealed class InContextGenerator
{
    internal InContextGenerator(InContextNetwork network) => Network = network;

    /// <summary>The sizes of the network.</summary>
    public InContextOptions Options => Network.Options;

    internal InContextNetwork Network { get; }

    /// <summary>The classifier of a sample, as the generator emits it.</summary>
    /// <param name="sample">Labelled rows; each class occurs.</param>
    /// <param name="seed">Decides the places of features and the codes of classes.</param>
    public FittedClassifier Generate(TableSample sample, ulong seed = 0)
    {
        TablePreprocessing preprocessing = TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values);
        ContextTable table = Encode(sample, preprocessing);
        float[] parameters = Emit(table, new Rng(seed));
        return new FittedClassifier(
            Spec(table), parameters, sample.Classes, preprocessing,
            new ClassifierCard { Generator = "in-context", Seed = seed });
    }

    private static ContextTable Encode(TableSample sample, TablePreprocessing preprocessing)
    {
        int width = preprocessing.Width;
        float[] features = new float[sample.Rows * width];
        for (int i = 0; i < sample.Rows; i++)
            preprocessing.Apply(sample.Row(i), features.AsSpan(i * width, width));
        return new ContextTable(features, width, sample.Labels, sample.Classes.Count);
    }

    /// <summary>The MLP for a table: one hidden layer and a linear path.</summary>
    internal MlpSpec Spec(ContextTable table) =>
        Network.Spec(table.Classes) with { Inputs = table.Columns };

    /// <summary>The parameters of <see cref="Spec"/> for a table, in layout order.</summary>
    /// <param name="table">The table; it has at most as many features as the network has places.</param>
    /// <param name="rng">Decides the places of features and the codes of classes.</param>
    internal float[] Emit(ContextTable table, Rng rng)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        ContextBatch batch = new(Options, tables: 1, table.Rows, table.Classes);
        batch.Set(0, table, rng);
        Tensor[] emitted = Network.Forward(batch);
        ParameterLayout layout = Spec(table).Layout;
        float[] parameters = new float[layout.Count];
        for (int i = 0; i < emitted.Length; i++)
        {
            // The tensors whose last axis runs over features.
            bool perFeature = layout.Slots[i].Name is "hidden1.weight" or "skip.weight";
            float[] values = perFeature ? batch.Gather(0, emitted[i].Contiguous()) : emitted[i].ToArray();
            values.CopyTo(layout.Slots[i].Of(parameters.AsSpan()));
        }
        return parameters;
    }
}
