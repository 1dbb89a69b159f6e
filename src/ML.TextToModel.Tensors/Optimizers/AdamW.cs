using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>The settings of <see cref="AdamW"/>.</summary>
public sealed record AdamWOptions
{
    /// <summary>Learning rate. Default 1e-3.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>Decay of the running mean of gradients. Default 0.9.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the running mean of squared gradients. Default 0.999.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square. Default 1e-8.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Share of a parameter, times the rate, that is taken off at each step. Default 0.01.</summary>
    public float Decay { get; init; } = 0.01f;

    /// <summary>Gradients are scaled down to this norm, over all parameters together. Default: never.</summary>
    public float? ClipNorm { get; init; }
}

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
public sealed unsafe class AdamW : Optimizer
{
    private const int PartLength = 16 * 1024;

    private readonly AdamWOptions _options;
    private readonly Tensor[] _mean, _square;

    /// <summary>An optimizer at its first step.</summary>
    public AdamW(ParameterSet parameters, AdamWOptions? options = null)
        : base(parameters, (options ??= new AdamWOptions()).Rate, options.ClipNorm)
    {
        _options = options;
        _mean = Remember("/mean");
        _square = Remember("/square");
    }

    private protected override void Update(int index, Tensor parameter, Tensor gradient, float scale)
    {
        AdamWStep step = new(
            Rate, _options.Beta1, _options.Beta2, _options.Epsilon, _options.Decay,
            (float)(1 / (1 - Math.Pow(_options.Beta1, StepCount))),
            (float)(1 / (1 - Math.Pow(_options.Beta2, StepCount))), scale);
        Job job = new()
        {
            Step = step, Parameter = parameter.Pointer, Gradient = gradient.Pointer, Mean = _mean[index].Pointer,
            Square = _square[index].Pointer, Length = parameter.Count, Kernels = KernelSet.Current,
        };
        Workers.Run((job.Length + PartLength - 1) / PartLength, ref job);
        GC.KeepAlive(gradient);
    }

    private struct Job : IParallelJob
    {
        public AdamWStep Step;
        public float* Parameter, Gradient, Mean, Square;
        public int Length;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int start = part * PartLength, n = Math.Min(PartLength, Length - start);
            Kernels.AdamW(
                Step, new(Parameter + start, n), new(Gradient + start, n),
                new(Mean + start, n), new(Square + start, n));
        }
    }
}
