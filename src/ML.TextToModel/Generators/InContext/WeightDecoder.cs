using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Weights between tokens and features: products of their vectors, plus mixtures of the table's rows, plain and
/// whitened, in which each row counts as much as the product of its vector and the token's says, negative or positive.
/// </summary>
internal sealed class WeightDecoder
{
    private readonly Linear _direct, _mix, _mixWhitened;

    public WeightDecoder(ParameterBuilder parameters, int width, Initializer? initializer = null)
    {
        _direct = new Linear(parameters["direct"], width, width, initializer: initializer);
        _mix = new Linear(parameters["mix"], width, width, initializer: initializer);
        _mixWhitened = new Linear(parameters["mix_whitened"], width, width, initializer: initializer);
    }

    /// <summary>
    /// Tokens (B, T, D), features (B, F, D) and keys of rows, divided by their number, (B, D, N) → weights (B, T, F).
    /// </summary>
    public Tensor Forward(ContextBatch batch, Tensor tokens, Tensor features, Tensor keys)
    {
        float scale = 1 / MathF.Sqrt(tokens.Shape[2]);
        Tensor direct = _direct.Forward(tokens).MatMul(features.Transpose()) * batch.SumScale;
        Tensor mixed = _mix.Forward(tokens).MatMul(keys).MatMul(batch.Features)
            + _mixWhitened.Forward(tokens).MatMul(keys).MatMul(batch.Whitened);
        return (direct + mixed) * scale;
    }
}
