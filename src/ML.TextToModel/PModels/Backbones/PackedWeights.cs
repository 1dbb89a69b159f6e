using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>The convolutions of a backbone, their weights in the order that suits a set of kernels.</summary>
internal sealed unsafe class PackedWeights
{
    private readonly ConvolutionShape[] _shapes;
    private readonly float[]?[] _packed;
    private readonly ParameterSlot[] _weight, _bias;
    private readonly float[] _weights;

    public PackedWeights(BackboneSpec spec, float[] weights, KernelSet kernels)
    {
        (Kernels, _weights) = (kernels, weights);
        int count = spec.Steps.Count;
        (_shapes, _packed) = (new ConvolutionShape[count], new float[]?[count]);
        (_weight, _bias) = (new ParameterSlot[count], new ParameterSlot[count]);
        IEnumerator<ParameterSlot> slots = spec.Layout.Slots.GetEnumerator();
        for (int i = 0; i < count; i++)
        {
            if (spec.Steps[i] is not ConvolutionStep step) continue;
            _shapes[i] = step.Convolution(spec.Shapes[step.Input]);
            (_weight[i], _bias[i]) = (Next(slots), Next(slots));
            float[] packed = new float[kernels.PackedWeightLength(_shapes[i])];
            fixed (float* w = _weight[i].Of(weights.AsSpan()), target = packed)
                kernels.PackWeights(_shapes[i], w, target);
            _packed[i] = packed;
        }
    }

    /// <summary>The set.</summary>
    public KernelSet Kernels { get; }

    /// <summary>The bias of a convolution, a number for each channel.</summary>
    public ReadOnlySpan<float> Bias(int step) => _bias[step].Of(_weights.AsSpan());

    /// <summary>y = x * w without the bias.</summary>
    public void Convolve(int step, ReadOnlySpan<float> x, Span<float> y)
    {
        fixed (float* image = x, w = _weight[step].Of(_weights.AsSpan()), packed = _packed[step], target = y)
            Kernels.Convolve(_shapes[step], image, w, packed, target, 0, _shapes[step].OutHeight);
    }

    private static ParameterSlot Next(IEnumerator<ParameterSlot> slots) =>
        slots.MoveNext() ? slots.Current : throw new InvalidOperationException("The layout has too few slots.");
}
