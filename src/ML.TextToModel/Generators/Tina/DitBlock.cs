using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// A block of a diffusion transformer: attention and a feed-forward part between which and the tokens stand scales,
/// shifts and gates that the timestep decides. All gates are zero at first, so a new block changes nothing (adaLN-Zero;
/// Peebles and Xie 2023, section 3.2).
/// </summary>
internal sealed class DitBlock
{
    private const int Modulations = 6;

    private readonly int _width;
    private readonly Linear _modulation;
    private readonly LayerNorm _attentionNorm, _hiddenNorm;
    private readonly MultiHeadAttention _attention;
    private readonly Mlp _hidden;

    public DitBlock(ParameterBuilder parameters, TinaOptions options)
    {
        _width = options.Width;
        _modulation = new Linear(
            parameters["modulation"], _width, Modulations * _width, initializer: Initializers.Zeros);
        _attentionNorm = new LayerNorm(parameters["attention_norm"], _width, affine: false);
        _attention = new MultiHeadAttention(parameters["attention"], _width, options.Heads);
        _hiddenNorm = new LayerNorm(parameters["hidden_norm"], _width, affine: false);
        _hidden = new Mlp(parameters["hidden"], _width, options.Hidden);
    }

    /// <summary>The timestep's vector (B, 1, width) → scales, shifts and gates (B, 1, 6 width).</summary>
    public Tensor Modulate(Tensor time) => _modulation.Forward(time.Silu());

    /// <summary>Tokens (B, N, width) and what <see cref="Modulate"/> makes of the timestep → tokens.</summary>
    public Tensor Forward(Tensor tokens, Tensor modulation)
    {
        Tensor Part(int index) => modulation.Narrow(2, index * _width, _width);
        Tensor x = _attentionNorm.Forward(tokens) * (Part(0) + 1) + Part(1);
        tokens += _attention.Forward(x) * Part(2);
        x = _hiddenNorm.Forward(tokens) * (Part(3) + 1) + Part(4);
        return tokens + _hidden.Forward(x) * Part(5);
    }
}
