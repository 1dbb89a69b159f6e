namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Layer normalisation over the last axis (Ba et al. 2016), with a learned scale and shift unless told otherwise.
/// </summary>
public sealed class LayerNorm
{
    private readonly float _epsilon;

    /// <summary>Makes <c>weight</c> and <c>bias</c> of shape (width) where <paramref name="affine"/> is true.</summary>
    public LayerNorm(ParameterBuilder parameters, int width, bool affine = true, float epsilon = 1e-5f)
    {
        _epsilon = epsilon;
        if (!affine) return;
        Weight = parameters.Create("weight", [width], Initializers.Ones);
        Bias = parameters.Create("bias", [width], Initializers.Zeros);
    }

    /// <summary>The scale γ, shape (width).</summary>
    public Tensor? Weight { get; }

    /// <summary>The shift β, shape (width).</summary>
    public Tensor? Bias { get; }

    /// <summary>(…, width) → (…, width).</summary>
    public Tensor Forward(Tensor x) => x.LayerNorm(Weight, Bias, _epsilon);
}
