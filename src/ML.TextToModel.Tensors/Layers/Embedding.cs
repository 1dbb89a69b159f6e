namespace ML.TextToModel.Tensors.Layers;

/// <summary>A table of vectors that are looked up by index.</summary>
public sealed class Embedding
{
    /// <summary>Makes <c>weight</c> (count, width), by default of standard normal values as in PyTorch.</summary>
    public Embedding(ParameterBuilder parameters, int count, int width, Initializer? initializer = null) =>
        Weight = parameters.Create("weight", [count, width], initializer ?? Initializers.Normal(1));

    /// <summary>The table, shape (count, width).</summary>
    public Tensor Weight { get; }

    /// <summary>The vectors of the indices: (indices, width).</summary>
    public Tensor Forward(params int[] indices) => Weight.Gather(indices);
}
