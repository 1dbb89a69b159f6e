using ML.TextToModel.Datasets;

namespace ML.TextToModel.Training;

/// <summary>The optimizers that a training can use.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with Nesterov momentum 0.9.</summary>
    Sgd,
}

/// <summary>How p-models are trained. The defaults train the generic CNN on CIFAR-100.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the data, from 1. Default 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Examples per step and p-model, from 1. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The optimizer. Default AdamW.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>Learning rate at its peak. Default 2e-2.</summary>
    public float Rate { get; init; } = 2e-2f;

    /// <summary>Weight decay in the optimizer's own sense. Default 1e-2.</summary>
    public float Decay { get; init; } = 1e-2f;

    /// <summary>Share of all steps in which the rate rises; the rest falls along a cosine. Default 0.2.</summary>
    public double WarmUp { get; init; } = 0.2;

    /// <summary>A p-model's gradient whose norm is larger is scaled down to it. Default 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>Share of the target spread over all classes. Default 0.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>Images are mirrored left to right half the time. Default true.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>
    /// Images are shifted by up to this many pixels along each axis, from 0 to 31, with black moving in. Default 4.
    /// </summary>
    public int Shift { get; init; } = 4;

    /// <summary>What is wrong with the settings, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Epochs < 1) yield return $"Epochs is {Epochs}; it is from 1.";
        if (BatchSize < 1) yield return $"BatchSize is {BatchSize}; it is from 1.";
        if (!Enum.IsDefined(Optimizer))
            yield return $"Optimizer is {Optimizer}; it is {string.Join(" or ", Enum.GetNames<OptimizerKind>())}.";
        if (!(Rate > 0) || !float.IsFinite(Rate)) yield return $"Rate is {Rate}; it is above 0.";
        if (!(Decay >= 0) || !float.IsFinite(Decay)) yield return $"Decay is {Decay}; it is from 0.";
        if (WarmUp is not (>= 0 and <= 1)) yield return $"WarmUp is {WarmUp}; it is from 0 to 1.";
        if (!(ClipNorm > 0)) yield return $"ClipNorm is {ClipNorm}; it is above 0.";
        if (LabelSmoothing is not (>= 0 and < 1))
            yield return $"LabelSmoothing is {LabelSmoothing}; it is from 0 to below 1.";
        if (Shift is < 0 or >= ImageSet.Side) yield return $"Shift is {Shift}; it is from 0 to {ImageSet.Side - 1}.";
    }
}
