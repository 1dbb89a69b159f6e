namespace ML.TextToModel.Tensors.Layers;

/// <summary>Two linear layers with a nonlinearity between them, the feed-forward part of a transformer block.</summary>
public sealed class Mlp
{
    private readonly Linear _first, _second;
    private readonly Func<Tensor, Tensor> _activation;

    /// <summary>
    /// Makes <c>first</c> (hidden, width) and <c>second</c> (outputs, hidden); GELU unless told otherwise.
    /// </summary>
    public Mlp(
        ParameterBuilder parameters, int width, int hidden, int? outputs = null,
        Func<Tensor, Tensor>? activation = null)
    {
        _first = new Linear(parameters["first"], width, hidden);
        _second = new Linear(parameters["second"], hidden, outputs ?? width);
        _activation = activation ?? (static x => x.Gelu());
    }

    /// <summary>(…, width) → (…, outputs).</summary>
    public Tensor Forward(Tensor x) => _second.Forward(_activation(_first.Forward(x)));
}
