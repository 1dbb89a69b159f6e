namespace ML.TextToModel.Tensors.Kernels;

internal abstract partial class RegisterKernels<T>
{
    /// <inheritdoc/>
    public override void SumSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> mean, Span<float> sums) =>
        ChannelLoops<T>.SumSquares(x, mean, sums);

    /// <inheritdoc/>
    public override void Normalize(ReadOnlySpan<float> x, in ChannelMap map, bool relu, Span<float> y) =>
        ChannelLoops<T>.Normalize(x, map, relu, y);

    /// <inheritdoc/>
    public override void SumGradients(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, Span<float> sums,
        Span<float> products) =>
        ChannelLoops<T>.SumGradients(x, g, map, relu, sums, products);

    /// <inheritdoc/>
    public override void NormalizeGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, ReadOnlySpan<float> slope,
        ReadOnlySpan<float> offset, Span<float> gx) =>
        ChannelLoops<T>.NormalizeGradient(x, g, map, relu, slope, offset, gx);
}
