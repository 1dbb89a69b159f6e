using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>
/// A frozen network that turns an image into a vector of features, on which heads are put. Immutable and safe for
/// several threads.
/// </summary>
public sealed class Backbone
{
    private readonly float[] _weights;
    private readonly BackbonePlan _plan;
    private PackedWeights? _packed;

    /// <summary>Puts a backbone together; the weights are copied.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="weights">All weights in the order of its layout.</param>
    /// <exception cref="ModelInputException">The parts do not fit, or a weight is not finite.</exception>
    public Backbone(BackboneSpec spec, ReadOnlySpan<float> weights)
    {
        if (spec.Faults().ToArray() is { Length: > 0 } faults) throw new ModelInputException(string.Join(' ', faults));
        if (weights.Length != spec.Layout.Count)
            throw new ModelInputException($"{weights.Length} weights are not the {spec.Layout.Count} of {spec}.");
        if (spec.Layout.FirstNotFinite(weights) is { } slot)
            throw new ModelInputException($"The tensor '{slot.Name}' holds an infinity or NaN.");
        Spec = spec;
        _weights = weights.ToArray();
        _plan = new BackbonePlan(spec);
    }

    /// <summary>The architecture.</summary>
    public BackboneSpec Spec { get; }

    /// <summary>All weights in the order of the layout.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>
    /// Whether every weight is a number of half precision (IEEE 754 binary16); files then hold them as such.
    /// </summary>
    public bool IsHalfPrecision => Array.TrueForAll(_weights, static weight => (float)(Half)weight == weight);

    /// <summary>
    /// This with every weight rounded to half precision, for a file half as large; of the ResNet-20 that ships,
    /// probabilities differ by less than 0.01.
    /// </summary>
    /// <exception cref="ModelInputException">A weight is beyond the range of half precision, ±65,504.</exception>
    public Backbone InHalfPrecision() => IsHalfPrecision
        ? this
        : new Backbone(Spec, Array.ConvertAll(_weights, static weight => (float)(Half)weight));

    /// <summary>Floats of an image: red, green and blue planes.</summary>
    public int RowLength => 3 * Spec.Height * Spec.Width;

    /// <summary>The number of features.</summary>
    public int FeatureLength => Spec.FeatureLength;

    /// <summary>The features of an image. Allocates nothing after the first call of a thread.</summary>
    /// <param name="image">Red, green and blue planes of <see cref="RowLength"/> floats in all, from 0 to 255.</param>
    /// <param name="features">Receives <see cref="FeatureLength"/> numbers.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Extract(ReadOnlySpan<float> image, Span<float> features)
    {
        if (image.Length != RowLength)
            throw new ArgumentException($"An image has {RowLength} numbers, not {image.Length}.", nameof(image));
        if (features.Length != FeatureLength)
            throw new ArgumentException(
                $"There are {FeatureLength} features, not {features.Length}.", nameof(features));
        KernelSet kernels = KernelSet.Current;
        PackedWeights packed = _packed is { } present && present.Kernels == kernels
            ? present
            : _packed = new PackedWeights(Spec, _weights, kernels);
        Span<float> block = PredictionScratch.Rent(_plan.Length);
        Spec.Image.Apply(image, Value(block, 0));
        for (int i = 0; i < Spec.Steps.Count; i++)
            if (!_plan.IsDone[i]) Run(i, block, packed);
        Value(block, Spec.Steps.Count).CopyTo(features);
    }

    private Span<float> Value(Span<float> block, int value) =>
        block.Slice(_plan.Offset(value), (int)Spec.Shapes[value].Count);

    private void Run(int index, Span<float> block, PackedWeights packed)
    {
        KernelSet kernels = packed.Kernels;
        BackboneStep step = Spec.Steps[index];
        ClampStep? clamp = _plan.Clamps[index] ?? step as ClampStep;
        (float low, float high) = (clamp?.Low ?? float.NegativeInfinity, clamp?.High ?? float.PositiveInfinity);
        Span<float> y = Value(block, index + 1);
        switch (step)
        {
            case ConvolutionStep convolution:
                packed.Convolve(index, Value(block, convolution.Input), y);
                kernels.AddRow(packed.Bias(index), low, high, y);
                break;
            case AddStep add:
                kernels.Binary(BinaryKernel.Add, Value(block, add.First), Value(block, add.Second), y);
                if (clamp is not null) kernels.Unary(UnaryKernel.Clamp, y, y, low, high);
                break;
            case ClampStep own:
                kernels.Unary(UnaryKernel.Clamp, Value(block, own.Input), y, low, high);
                break;
            case SliceStep slice:
                BackboneMoves.Slice(slice, Spec.Shapes[slice.Input], Value(block, slice.Input), y);
                break;
            case PadStep pad:
                BackboneMoves.Pad(pad, Spec.Shapes[pad.Input], Value(block, pad.Input), y);
                break;
            case MeanStep mean:
                ReadOnlySpan<float> x = Value(block, mean.Input);
                int pixels = x.Length / y.Length;
                kernels.SumRows(x, pixels, y.Length, y);
                kernels.Unary(UnaryKernel.Affine, y, y, 1f / pixels, 0);
                break;
            case FlattenStep flatten:
                BackboneMoves.Flatten(Spec.Shapes[flatten.Input].Channels, Value(block, flatten.Input), y);
                break;
            default: throw new NotSupportedException($"The step {step} cannot be run.");
        }
    }
}
