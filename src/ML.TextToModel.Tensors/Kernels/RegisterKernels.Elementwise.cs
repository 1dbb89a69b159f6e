namespace ML.TextToModel.Tensors.Kernels;

internal abstract partial class RegisterKernels<T>
{
    /// <inheritdoc/>
    public override void Unary(UnaryKernel f, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0) =>
        ElementwiseLoops<T>.Unary(f, x, y, alpha, beta);

    /// <inheritdoc/>
    public override void Binary(BinaryKernel f, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) =>
        ElementwiseLoops<T>.Binary(f, a, b, y);

    /// <inheritdoc/>
    public override void Where(
        ReadOnlySpan<float> condition, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) =>
        ElementwiseLoops<T>.Where(condition, a, b, y);
}
