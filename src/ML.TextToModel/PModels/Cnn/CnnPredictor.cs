using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Memory;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one image at a time with a <see cref="CnnSpec"/>.</summary>
internal sealed unsafe class CnnPredictor : IPredictor
{
    private const int Kernel = 3, Padding = 1;

    private readonly Storage _parameters;
    private readonly ConvolutionShape[] _layers;
    private readonly int[] _weights;
    private readonly int _head, _classes, _scratch;

    public CnnPredictor(CnnSpec spec, float[] parameters)
    {
        _parameters = new Storage(parameters.Length);
        parameters.CopyTo(new Span<float>(_parameters.Pointer, parameters.Length));
        _layers = new ConvolutionShape[spec.Channels.Count];
        _weights = new int[_layers.Length];
        (int height, int width, int channels) = (spec.Height, spec.Width, 3);
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new ConvolutionShape(
                1, false, 1, height, width, channels, spec.Channels[i], Kernel, Kernel, spec.Strides[i], Padding, 1);
            _weights[i] = spec.Layout.Slots[i].Offset;
            (height, width, channels) = (_layers[i].OutHeight, _layers[i].OutWidth, spec.Channels[i]);
            _scratch = Math.Max(_scratch, height * width * channels);
        }
        _head = spec.Layout["head.weight"].Offset;
        _classes = spec.Classes;
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        KernelSet kernels = KernelSet.Current;
        // Two blocks in turn: the input of a layer and its output.
        float* block = PredictionScratch.Rent(2 * _scratch);
        fixed (float* image = input)
        {
            float* x = image;
            for (int i = 0; i < _layers.Length; i++)
            {
                ConvolutionShape layer = _layers[i];
                float* y = block + (i & 1) * _scratch;
                Convolution.Forward(layer, x, _parameters.Pointer + _weights[i], y);
                Span<float> output = new(y, layer.OutHeight * layer.OutWidth * layer.OutChannels);
                kernels.Unary(UnaryKernel.Relu, output, output);
                x = y;
            }
            ConvolutionShape last = _layers[^1];
            int pixels = last.OutHeight * last.OutWidth, channels = last.OutChannels;
            float* mean = x == block ? block + _scratch : block;
            kernels.SumRows(new(x, pixels * channels), pixels, channels, new(mean, channels));
            float* row = _parameters.Pointer + _head;
            float* bias = row + _classes * channels;
            for (int c = 0; c < _classes; c++, row += channels)
            {
                double sum = 0;
                for (int j = 0; j < channels; j++) sum += (double)row[j] * mean[j];
                logits[c] = (float)(sum / pixels + bias[c]);
            }
        }
    }
}
