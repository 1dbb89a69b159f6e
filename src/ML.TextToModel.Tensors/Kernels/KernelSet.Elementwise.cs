namespace ML.TextToModel.Tensors.Kernels;

/// <summary>Functions of one number, y = f(x).</summary>
internal enum UnaryKernel
{
    Copy,
    Affine,       // alpha * x + beta
    Exp,
    Log,
    Sqrt,
    Reciprocal,
    Relu,
    Clamp,        // min(max(x, alpha), beta)
    Gelu,
    Sigmoid,
}

/// <summary>Functions of two numbers, y = f(a, b).</summary>
internal enum BinaryKernel
{
    Add,
    Multiply,
    Max,
    Less,         // 1 where a < b, else 0
    ReluGradient,      // a: the output of Relu, b: its gradient
    GeluGradient,      // a: the input of Gelu, b: the gradient of its output
    SigmoidGradient,   // a: the output of Sigmoid, b: its gradient
}

internal abstract partial class KernelSet
{
    /// <summary>y[i] = f(x[i]); <paramref name="y"/> may be <paramref name="x"/>.</summary>
    public abstract void Unary(UnaryKernel f, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0);

    /// <summary>y[i] = f(a[i], b[i]); <paramref name="y"/> may be one of the inputs.</summary>
    public abstract void Binary(BinaryKernel f, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y);

    /// <summary>y[i] = condition[i] ≠ 0 ? a[i] : b[i].</summary>
    public abstract void Where(
        ReadOnlySpan<float> condition, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y);
}
