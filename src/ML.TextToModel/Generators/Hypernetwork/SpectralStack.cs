using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>
/// Blocks of leaky ReLU, spectrally normalised linear layer and dropout: the body of ModelGPT's parameter generator
/// (arXiv 2402.12408).
/// </summary>
internal sealed class SpectralStack
{
    private const float Leak = 0.01f;

    /// <summary>Makes the layers <c>0</c>, <c>1</c> and so on.</summary>
    public SpectralStack(ParameterBuilder parameters, ParameterBuilder vectors, HypernetworkOptions options) =>
        Layers =
        [
            .. Enumerable.Range(0, options.Layers)
                .Select(i => new SpectralLinear(parameters[i], vectors[i], options.Width, options.Width)),
        ];

    /// <summary>The linear layers in order.</summary>
    public IReadOnlyList<SpectralLinear> Layers { get; }

    /// <summary>(…, width) → (…, width), at the end rectified.</summary>
    public Tensor Forward(Tensor x, Dropout dropout, Rng? rng)
    {
        foreach (SpectralLinear layer in Layers) x = dropout.Forward(layer.Forward(Rectified(x)), rng);
        return Rectified(x);
    }

    private static Tensor Rectified(Tensor x) => Tensor.Max(x, x * Leak);
}
