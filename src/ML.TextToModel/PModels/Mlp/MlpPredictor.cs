using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Memory;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.PModels;

/// <summary>Predicts one row at a time with an <see cref="MlpSpec"/>, or a <see cref="LinearSpec"/> seen as one.</summary>
internal sealed unsafe class MlpPredictor : IPredictor
{
    private readonly Storage _parameters;
    private readonly MlpSpec _spec;
    private readonly int _widest;

    public MlpPredictor(MlpSpec spec, float[] parameters)
    {
        _spec = spec;
        _parameters = new Storage(parameters.Length);
        parameters.CopyTo(new Span<float>(_parameters.Pointer, parameters.Length));
        _widest = spec.Hidden.Append(0).Max();
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> logits)
    {
        float* block = PredictionScratch.Rent(2 * _widest);
        fixed (float* row = input, target = logits)
        {
            float* x = row;
            float* weight = _parameters.Pointer;
            int width = _spec.Inputs;
            for (int i = 0; i < _spec.Hidden.Count; i++)
            {
                int units = _spec.Hidden[i];
                float* y = block + (i & 1) * _widest;
                weight = Layer(x, width, weight, y, units);
                Span<float> output = new(y, units);
                KernelSet.Current.Unary(UnaryKernel.Relu, output, output);
                x = y;
                width = units;
            }
            weight = Layer(x, width, weight, target, _spec.Classes);
            if (_spec.Skip) Multiply(row, _spec.Inputs, weight, target, _spec.Classes);
        }
    }

    /// <summary>y = W x + b; returns what follows W and b in memory.</summary>
    private static float* Layer(float* x, int inputs, float* weight, float* y, int outputs)
    {
        float* bias = weight + (long)outputs * inputs;
        new ReadOnlySpan<float>(bias, outputs).CopyTo(new Span<float>(y, outputs));
        Multiply(x, inputs, weight, y, outputs);
        return bias + outputs;
    }

    /// <summary>y += W x.</summary>
    private static void Multiply(float* x, int inputs, float* weight, float* y, int outputs) => MatrixProduct.Run(
        new MatrixProductShape(1, 1, outputs, inputs)
        {
            ARow = inputs, AColumn = 1, BRow = 1, BColumn = inputs, CRow = outputs, Accumulate = true,
        },
        x, weight, y);
}
