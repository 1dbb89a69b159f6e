namespace ML.TextToModel.Tensors.Kernels;

// Rows of as many numbers as there are channels, which lie one after the other; one coefficient of each kind for each
// channel. What is normalised is z = (x - mean) · scale + shift.
internal abstract partial class KernelSet
{
    /// <summary>sums[c] = Σ over rows of (x[i, c] - mean[c])².</summary>
    public abstract void SumSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> mean, Span<float> sums);

    /// <summary>y = z, or max(z, 0).</summary>
    public abstract void Normalize(ReadOnlySpan<float> x, in ChannelMap map, bool relu, Span<float> y);

    /// <summary>
    /// Σ over rows of g and of g · (x - mean), where g is the gradient of <see cref="Normalize"/>; with a ReLU it
    /// counts only where z is above 0.
    /// </summary>
    public abstract void SumGradients(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, Span<float> sums,
        Span<float> products);

    /// <summary>gx = scale · g + slope · (x - mean) + offset, with g as in <see cref="SumGradients"/>.</summary>
    public abstract void NormalizeGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, ReadOnlySpan<float> slope,
        ReadOnlySpan<float> offset, Span<float> gx);
}

/// <summary>The coefficients of each channel.</summary>
internal readonly ref struct ChannelMap(
    ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
{
    public readonly ReadOnlySpan<float> Mean = mean;
    public readonly ReadOnlySpan<float> Scale = scale;
    public readonly ReadOnlySpan<float> Shift = shift;
}
