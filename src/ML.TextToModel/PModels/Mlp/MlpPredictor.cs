using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one row at a time with an <see cref="MlpSpec"/>, or a <see cref="LinearSpec"/> as one.</summary>
internal sealed unsafe class MlpPredictor(MlpSpec spec, float[] parameters) : IPredictor
{
    private readonly int[] _hidden = [.. spec.Hidden];
    private readonly int _widest = spec.Hidden.Append(0).Max();

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        // Two blocks in turn: the input of a layer and its output.
        Span<float> blocks = PredictionScratch.Rent(2 * _widest);
        ReadOnlySpan<float> x = input, rest = parameters;
        for (int i = 0; i < _hidden.Length; i++)
        {
            Span<float> y = blocks.Slice((i & 1) * _widest, _hidden[i]);
            rest = Layer(x, rest, y);
            KernelSet.Current.Unary(UnaryKernel.Relu, y, y);
            x = y;
        }
        rest = Layer(x, rest, logits);
        if (spec.Skip) AddProduct(input, rest, logits);
    }

    /// <summary>
    /// y = W x + b for W and b at the start of <paramref name="parameters"/>; returns what follows them.
    /// </summary>
    private static ReadOnlySpan<float> Layer(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        int weights = x.Length * y.Length;
        parameters.Slice(weights, y.Length).CopyTo(y);
        AddProduct(x, parameters, y);
        return parameters[(weights + y.Length)..];
    }

    /// <summary>y += W x.</summary>
    private static void AddProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> y)
    {
        MatrixProductShape shape = new(1, 1, y.Length, x.Length)
        {
            ARow = x.Length, AColumn = 1, BRow = 1, BColumn = x.Length, CRow = y.Length, Accumulate = true,
        };
        fixed (float* a = x, b = weight, c = y) MatrixProduct.RunHere(shape, a, b, c, KernelSet.Current);
    }
}
