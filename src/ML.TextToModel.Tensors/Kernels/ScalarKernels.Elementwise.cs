namespace ML.TextToModel.Tensors.Kernels;

internal sealed partial class ScalarKernels
{
    /// <inheritdoc/>
    public override void Unary(UnaryKernel f, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0) =>
        ElementwiseLoops<Vector1f>.Unary(f, x, y, alpha, beta);

    /// <inheritdoc/>
    public override void Binary(BinaryKernel f, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) =>
        ElementwiseLoops<Vector1f>.Binary(f, a, b, y);

    /// <inheritdoc/>
    public override void Where(
        ReadOnlySpan<float> condition, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) =>
        ElementwiseLoops<Vector1f>.Where(condition, a, b, y);
}
