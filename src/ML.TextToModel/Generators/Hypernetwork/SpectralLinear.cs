using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>
/// A linear layer whose weight is divided by its largest singular value, found by power iteration, so that it stretches
/// nothing (Miyato et al. 2018, algorithm 1). Until <see cref="Normalise"/> it is a plain one.
/// </summary>
internal sealed class SpectralLinear
{
    private readonly Tensor _weight, _bias, _left;   // (outputs, inputs), (outputs), (outputs)
    private Tensor _used;

    /// <summary>Makes <c>weight</c> and <c>bias</c>, and among the vectors <c>left</c>.</summary>
    public SpectralLinear(ParameterBuilder parameters, ParameterBuilder vectors, int inputs, int outputs)
    {
        Linear linear = new(parameters, inputs, outputs);
        (_weight, _bias) = (linear.Weight, linear.Bias!);
        _left = vectors.Create("left", [outputs], Initializers.Normal(1));
        _left.RequiresGradient = false;
        _used = _weight;
    }

    /// <summary>
    /// Divides by the singular value, through which gradients flow, after some steps of the power iteration. Holds for
    /// the scope that it is called in.
    /// </summary>
    public void Normalise(int iterations)
    {
        (int outputs, int inputs) = (_weight.Shape[0], _weight.Shape[1]);
        float[] right = Iterate(iterations);
        Tensor norm = _left.Reshape(1, outputs).MatMul(_weight).MatMul(Tensor.From(right, [inputs, 1]));   // (1, 1)
        _used = _weight / norm;
    }

    /// <summary>Puts the divided weight in the place of the weight, for good.</summary>
    public void Fold(int iterations)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        Normalise(iterations);
        _used.CopyTo(_weight.AsSpan());
        _used = _weight;
    }

    /// <summary>(…, inputs) → (…, outputs).</summary>
    public Tensor Forward(Tensor x) => x.Linear(_used, _bias);

    /// <summary>Goes on with the power iteration; the right vector of the last step.</summary>
    private float[] Iterate(int iterations)
    {
        (int outputs, int inputs) = (_weight.Shape[0], _weight.Shape[1]);
        ReadOnlySpan<float> weight = _weight.AsSpan();
        Span<float> left = _left.AsSpan();
        float[] right = new float[inputs];
        for (int step = 0; step < iterations; step++)
        {
            Array.Clear(right);
            for (int o = 0; o < outputs; o++)
                for (int i = 0; i < inputs; i++) right[i] += left[o] * weight[o * inputs + i];
            Unit(right);
            left.Clear();
            for (int o = 0; o < outputs; o++)
                for (int i = 0; i < inputs; i++) left[o] += right[i] * weight[o * inputs + i];
            Unit(left);
        }
        return right;
    }

    private static void Unit(Span<float> vector)
    {
        double squares = 0;
        foreach (float value in vector) squares += (double)value * value;
        float scale = (float)(1 / Math.Max(1e-12, Math.Sqrt(squares)));
        foreach (ref float value in vector) value *= scale;
    }
}
