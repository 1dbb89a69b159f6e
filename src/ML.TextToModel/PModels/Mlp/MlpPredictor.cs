using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one row at a time with an <see cref="MlpSpec"/>, or a <see cref="LinearSpec"/> as one.</summary>
internal sealed class MlpPredictor : IPredictor
{
    private readonly float[] _parameters;   // in layout order, but each weight as (inputs, units)
    private readonly int[] _hidden;
    private readonly int _widest;
    private readonly bool _skip;

    public MlpPredictor(MlpSpec spec, float[] parameters)
    {
        _parameters = [.. parameters];
        foreach (ParameterSlot slot in spec.Layout.Slots.Where(slot => slot.Shape.Rank == 2))
            Transpose(slot.Of(parameters.AsSpan()), slot.Of(_parameters.AsSpan()), columns: slot.Shape[1]);
        _hidden = [.. spec.Hidden];
        _widest = _hidden.Append(0).Max();
        _skip = spec.Skip;
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        // Two blocks in turn: the input of a layer and its output.
        Span<float> blocks = PredictionScratch.Rent(2 * _widest);
        ReadOnlySpan<float> x = input, parameters = _parameters;
        for (int i = 0; i < _hidden.Length; i++)
        {
            Span<float> y = blocks.Slice((i & 1) * _widest, _hidden[i]);
            parameters = Layer(x, parameters, y);
            KernelSet.Current.Unary(UnaryKernel.Relu, y, y);
            x = y;
        }
        parameters = Layer(x, parameters, logits);
        if (_skip) AddProduct(input, parameters, logits);
    }

    /// <summary>y = W x + b; returns what follows W and b.</summary>
    private static ReadOnlySpan<float> Layer(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        int weights = x.Length * y.Length;
        parameters.Slice(weights, y.Length).CopyTo(y);
        AddProduct(x, parameters, y);
        return parameters[(weights + y.Length)..];
    }

    /// <summary>y += W x. One row alone does not repay the packing of a matrix product.</summary>
    private static void AddProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> y)
    {
        KernelSet kernels = KernelSet.Current;
        for (int i = 0; i < x.Length; i++) kernels.AddScaled(weight.Slice(i * y.Length, y.Length), x[i], y);
    }

    private static void Transpose(ReadOnlySpan<float> source, Span<float> target, int columns)
    {
        int rows = source.Length / columns;
        for (int i = 0; i < source.Length; i++) target[i % columns * rows + i / columns] = source[i];
    }
}
