namespace ML.TextToModel.Tensors.Autograd;

/// <summary>
/// How a tensor was computed: one step of the graph that <see cref="Differentiation"/> walks backwards.
/// </summary>
internal sealed class Node
{
    public Node(Op op, Tensor output, Tensor[] inputs, object? attributes)
    {
        Op = op;
        Output = output;
        Inputs = inputs;
        Attributes = attributes;
        foreach (Tensor input in inputs)
            if (input.Node is { } source) Depth = Math.Max(Depth, source.Depth + 1);
    }

    public Op Op { get; }

    public Tensor Output { get; }

    public Tensor[] Inputs { get; }

    /// <summary>What the derivative must know beside the tensors: axes, indices, sizes, saved statistics.</summary>
    public object? Attributes { get; }

    /// <summary>
    /// The length of the longest way to a leaf: always more than that of the nodes it was computed from.
    /// </summary>
    public int Depth { get; }

    /// <summary>The gradient collected so far while the graph is walked.</summary>
    public Tensor? Gradient { get; set; }

    /// <summary>The walk that saw this node last.</summary>
    public long Visit { get; set; }

    /// <summary>Input number <paramref name="index"/>.</summary>
    public Tensor this[int index] => Inputs[index];

    /// <summary>Whether a gradient must be computed for an input.</summary>
    public bool Needs(int index) => Inputs[index].NeedsGradient;

    public T Get<T>() => (T)Attributes!;
}
