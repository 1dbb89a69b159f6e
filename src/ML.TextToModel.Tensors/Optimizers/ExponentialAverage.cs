using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>
/// A running mean of parameters, a ← decay · a + (1 - decay) · p, whose values often generalise better than the last
/// ones (Polyak and Juditsky 1992).
/// </summary>
public sealed class ExponentialAverage
{
    private readonly ParameterSet _source;

    /// <summary>Starts at the present values of <paramref name="parameters"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not from 0 to below 1.</exception>
    public ExponentialAverage(ParameterSet parameters, double decay)
    {
        if (decay is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "A decay is from 0 to below 1.");
        _source = parameters;
        Decay = decay;
        foreach ((string name, Tensor parameter) in parameters) Parameters.Add(name, parameter.Clone());
    }

    /// <summary>The share of the mean that an update keeps.</summary>
    public double Decay { get; }

    /// <summary>The mean.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>Takes the present parameters into the mean.</summary>
    public void Update()
    {
        KernelSet kernels = KernelSet.Current;
        foreach ((string name, Tensor parameter) in _source)
        {
            Span<float> mean = Parameters[name].AsSpan();
            kernels.Unary(UnaryKernel.Affine, mean, mean, (float)Decay);
            kernels.AddScaled(parameter.AsSpan(), (float)(1 - Decay), mean);
        }
    }
}
