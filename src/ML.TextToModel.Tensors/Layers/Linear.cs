namespace ML.TextToModel.Tensors.Layers;

/// <summary>y = x · Wᵀ + b over the last axis.</summary>
public sealed class Linear
{
    /// <summary>Makes <c>weight</c> (outputs, inputs) and <c>bias</c> (outputs), by default in PyTorch's way.</summary>
    public Linear(
        ParameterBuilder parameters, int inputs, int outputs, bool bias = true, Initializer? initializer = null)
    {
        Weight = parameters.Create("weight", [outputs, inputs], initializer ?? Initializers.FanIn(inputs));
        Initializer biasInitializer = initializer is null ? Initializers.FanIn(inputs) : Initializers.Zeros;
        if (bias) Bias = parameters.Create("bias", [outputs], biasInitializer);
    }

    /// <summary>W, shape (outputs, inputs).</summary>
    public Tensor Weight { get; }

    /// <summary>b, shape (outputs), if the layer has one.</summary>
    public Tensor? Bias { get; }

    /// <summary>(…, inputs) → (…, outputs).</summary>
    public Tensor Forward(Tensor x) => x.Linear(Weight, Bias);
}
