namespace ML.TextToModel.Tensors.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>The sum of <paramref name="x"/>: floats over short blocks, a double over the blocks.</summary>
    public abstract double Sum(ReadOnlySpan<float> x);

    /// <summary>Σ x², added up like <see cref="Sum"/>.</summary>
    public abstract double SumOfSquares(ReadOnlySpan<float> x);

    /// <summary>The largest of <paramref name="x"/>, negative infinity where it is empty.</summary>
    public abstract float Max(ReadOnlySpan<float> x);

    /// <summary>
    /// y[j] = Σ over rows i of x[i * stride + j], doubles over blocks of rows. The columns are those of
    /// <paramref name="y"/>.
    /// </summary>
    public abstract void SumRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y);

    /// <summary>y[j] = max over rows i of x[i * stride + j].</summary>
    public abstract void MaxRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y);

    /// <summary>y = exp(x - max x) / Σ exp(x - max x).</summary>
    public abstract void Softmax(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>gx = y · (gy - Σ gy · y) for y the output of <see cref="Softmax"/>.</summary>
    public abstract void SoftmaxGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> gy, Span<float> gx);

    /// <summary>
    /// y = (x - mean) / √(variance + epsilon) · gamma + beta (Ba et al. 2016). Empty gamma and beta stand for 1 and 0.
    /// </summary>
    /// <returns>The mean and 1 / √(variance + epsilon).</returns>
    public abstract (float Mean, float InverseDeviation) LayerNorm(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y);

    /// <summary>
    /// The gradient of <see cref="LayerNorm"/> to one row; adds gy · x̂ to <paramref name="gGamma"/> and gy to
    /// <paramref name="gBeta"/> where they are not empty.
    /// </summary>
    public abstract void LayerNormGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> gy, float mean, float inverseDeviation,
        Span<float> gx, Span<float> gGamma, Span<float> gBeta);

    /// <summary>
    /// One step of AdamW (Loshchilov and Hutter 2019, algorithm 2): m and v are the running means of the gradient and
    /// its square; the corrections are 1 / (1 - β^step).
    /// </summary>
    public abstract void AdamW(
        in AdamWStep step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v);

    /// <summary>target += scale · x.</summary>
    public abstract void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> target);

    /// <summary>
    /// rows[i, j] = min(max(rows[i, j] + row[j], low), high), for as many whole rows as there are.
    /// </summary>
    public abstract void AddRow(ReadOnlySpan<float> row, float low, float high, Span<float> rows);
}

/// <summary>The numbers of one AdamW step that are the same for all parameters.</summary>
internal readonly record struct AdamWStep(
    float Rate, float Beta1, float Beta2, float Epsilon, float Decay,
    float Correction1, float Correction2, float GradientScale);
