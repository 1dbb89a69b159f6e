using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>The settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>Learning rate. Default 0.01.</summary>
    public float Rate { get; init; } = 0.01f;

    /// <summary>Share of the last step that is kept. Default 0.9.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Looks ahead along the momentum (Sutskever et al. 2013). Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Share of a parameter that is added to its gradient. Default 0.</summary>
    public float Decay { get; init; }

    /// <summary>Gradients are scaled down to this norm, over all parameters together. Default: never.</summary>
    public float? ClipNorm { get; init; }
}

/// <summary>Stochastic gradient descent with momentum, as in PyTorch: v ← μ v + g, p ← p - rate · v.</summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;
    private readonly Tensor[] _velocity;

    /// <summary>An optimizer at its first step.</summary>
    public Sgd(ParameterSet parameters, SgdOptions? options = null)
        : base(parameters, (options ??= new SgdOptions()).Rate, options.ClipNorm)
    {
        _options = options;
        _velocity = Remember("/velocity");
    }

    private protected override void Update(int index, Tensor parameter, Tensor gradient, float scale)
    {
        KernelSet kernels = KernelSet.Current;
        Span<float> p = parameter.AsSpan();
        Span<float> v = _velocity[index].AsSpan();
        kernels.Unary(UnaryKernel.Affine, v, v, _options.Momentum);
        kernels.AddScaled(gradient.AsSpan(), scale, v);
        if (_options.Decay != 0) kernels.AddScaled(p, _options.Decay, v);
        if (_options.Nesterov)
        {
            // p -= rate · (g + decay · p + μ v); decay first, as it must see the parameter before the step.
            if (_options.Decay != 0) kernels.Unary(UnaryKernel.Affine, p, p, 1 - Rate * _options.Decay);
            kernels.AddScaled(gradient.AsSpan(), -Rate * scale, p);
            kernels.AddScaled(v, -Rate * _options.Momentum, p);
        }
        else
        {
            kernels.AddScaled(v, -Rate, p);
        }
    }
}
