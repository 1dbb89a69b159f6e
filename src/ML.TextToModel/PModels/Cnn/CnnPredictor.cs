using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one image at a time with a <see cref="CnnSpec"/>.</summary>
internal sealed unsafe class CnnPredictor : IPredictor
{
    private readonly float[] _parameters;
    private readonly ConvolutionShape[] _layers;
    private readonly int[] _weights;
    private readonly ParameterSlot _head, _bias;
    private readonly int _largest;

    public CnnPredictor(CnnSpec spec, float[] parameters)
    {
        _parameters = parameters;
        _layers = [.. spec.Convolutions()];
        _weights = [.. spec.Layout.Slots.Take(_layers.Length).Select(slot => slot.Offset)];
        _head = spec.Layout["head.weight"];
        _bias = spec.Layout["head.bias"];
        _largest = _layers.Max(Values);
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        KernelSet kernels = KernelSet.Current;
        // Two blocks in turn: the input of a layer and its output.
        Span<float> blocks = PredictionScratch.Rent(2 * _largest);
        ReadOnlySpan<float> x = input;
        Span<float> y = default;
        for (int i = 0; i < _layers.Length; i++)
        {
            y = blocks.Slice((i & 1) * _largest, Values(_layers[i]));
            fixed (float* image = x, weights = _parameters, output = y)
                Convolution.Forward(_layers[i], image, weights + _weights[i], output);
            x = y;
        }
        int channels = _layers[^1].OutChannels, pixels = x.Length / channels;
        Span<float> sums = blocks.Slice((_layers.Length & 1) * _largest, channels);
        kernels.SumRows(x, pixels, channels, sums);
        ReadOnlySpan<float> head = _head.Of(_parameters.AsSpan()), bias = _bias.Of(_parameters.AsSpan());
        for (int c = 0; c < logits.Length; c++)
        {
            double sum = 0;
            for (int j = 0; j < channels; j++) sum += (double)head[c * channels + j] * sums[j];
            logits[c] = (float)(sum / pixels + bias[c]);
        }
    }

    private static int Values(ConvolutionShape layer) => layer.OutHeight * layer.OutWidth * layer.OutChannels;
}
