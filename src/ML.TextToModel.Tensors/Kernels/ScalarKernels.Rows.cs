namespace ML.TextToModel.Tensors.Kernels;

internal sealed partial class ScalarKernels
{
    /// <inheritdoc/>
    public override double Sum(ReadOnlySpan<float> x) => RowLoops<Vector1f>.Sum(x);

    /// <inheritdoc/>
    public override double SumOfSquares(ReadOnlySpan<float> x) => RowLoops<Vector1f>.SumOfSquares(x);

    /// <inheritdoc/>
    public override float Max(ReadOnlySpan<float> x) => RowLoops<Vector1f>.Max(x);

    /// <inheritdoc/>
    public override void SumRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y) =>
        RowLoops<Vector1f>.SumRows(x, rows, stride, y);

    /// <inheritdoc/>
    public override void MaxRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y) =>
        RowLoops<Vector1f>.MaxRows(x, rows, stride, y);

    /// <inheritdoc/>
    public override void Softmax(ReadOnlySpan<float> x, Span<float> y) => RowLoops<Vector1f>.Softmax(x, y);

    /// <inheritdoc/>
    public override void SoftmaxGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> gy, Span<float> gx) =>
        RowLoops<Vector1f>.SoftmaxGradient(y, gy, gx);

    /// <inheritdoc/>
    public override (float Mean, float InverseDeviation) LayerNorm(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y) =>
        RowLoops<Vector1f>.LayerNorm(x, gamma, beta, epsilon, y);

    /// <inheritdoc/>
    public override void LayerNormGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> gy, float mean, float inverseDeviation,
        Span<float> gx, Span<float> gGamma, Span<float> gBeta) =>
        RowLoops<Vector1f>.LayerNormGradient(x, gamma, gy, mean, inverseDeviation, gx, gGamma, gBeta);

    /// <inheritdoc/>
    public override void AdamW(
        in AdamWStep step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v) =>
        RowLoops<Vector1f>.AdamW(step, parameter, gradient, m, v);

    /// <inheritdoc/>
    public override void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> target) =>
        RowLoops<Vector1f>.AddScaled(x, scale, target);
}
