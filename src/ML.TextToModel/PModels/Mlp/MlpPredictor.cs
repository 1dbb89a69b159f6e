using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one row at a time with an <see cref="MlpSpec"/>, or a <see cref="LinearSpec"/> as one.</summary>
internal sealed class MlpPredictor : IPredictor
{
    private readonly (PackedLinear Weight, float[] Bias)[] _layers;   // the hidden ones and the head
    private readonly PackedLinear? _skip;
    private readonly int _widest;

    public MlpPredictor(MlpSpec spec, float[] parameters)
    {
        IReadOnlyList<ParameterSlot> slots = spec.Layout.Slots;
        _layers = [.. Enumerable.Range(0, spec.Hidden.Count + 1).Select(i => (
            new PackedLinear(parameters, slots[2 * i]), slots[2 * i + 1].Of(parameters.AsSpan()).ToArray()))];
        if (spec.Skip) _skip = new PackedLinear(parameters, slots[^1]);
        _widest = spec.Hidden.Append(0).Max();
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        // Two blocks in turn: the input of a layer and its output.
        Span<float> blocks = PredictionScratch.Rent(2 * _widest);
        ReadOnlySpan<float> x = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            (PackedLinear weight, float[] bias) = _layers[i];
            bool last = i == _layers.Length - 1;
            Span<float> y = last ? logits : blocks.Slice((i & 1) * _widest, weight.Outputs);
            bias.CopyTo(y);
            weight.AddProduct(x, y);
            if (!last) KernelSet.Current.Unary(UnaryKernel.Relu, y, y);
            x = y;
        }
        _skip?.AddProduct(input, logits);
    }
}
