namespace ML.TextToModel.Tensors.Kernels;

internal abstract partial class RegisterKernels<T>
{
    /// <inheritdoc/>
    public override double Sum(ReadOnlySpan<float> x) => RowLoops<T>.Sum(x);

    /// <inheritdoc/>
    public override double SumOfSquares(ReadOnlySpan<float> x) => RowLoops<T>.SumOfSquares(x);

    /// <inheritdoc/>
    public override float Max(ReadOnlySpan<float> x) => RowLoops<T>.Max(x);

    /// <inheritdoc/>
    public override void SumRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y) =>
        RowLoops<T>.SumRows(x, rows, stride, y);

    /// <inheritdoc/>
    public override void MaxRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y) =>
        RowLoops<T>.MaxRows(x, rows, stride, y);

    /// <inheritdoc/>
    public override void Softmax(ReadOnlySpan<float> x, Span<float> y) => RowLoops<T>.Softmax(x, y);

    /// <inheritdoc/>
    public override void SoftmaxGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> gy, Span<float> gx) =>
        RowLoops<T>.SoftmaxGradient(y, gy, gx);

    /// <inheritdoc/>
    public override (float Mean, float InverseDeviation) LayerNorm(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y) =>
        RowLoops<T>.LayerNorm(x, gamma, beta, epsilon, y);

    /// <inheritdoc/>
    public override void LayerNormGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> gy, float mean, float inverseDeviation,
        Span<float> gx, Span<float> gGamma, Span<float> gBeta) =>
        RowLoops<T>.LayerNormGradient(x, gamma, gy, mean, inverseDeviation, gx, gGamma, gBeta);

    /// <inheritdoc/>
    public override void AdamW(
        in AdamWStep step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v) =>
        RowLoops<T>.AdamW(step, parameter, gradient, m, v);

    /// <inheritdoc/>
    public override void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> target) =>
        RowLoops<T>.AddScaled(x, scale, target);

    /// <inheritdoc/>
    public override void AddRow(ReadOnlySpan<float> row, float low, float high, Span<float> rows) =>
        RowLoops<T>.AddRow(row, low, high, rows);
}
