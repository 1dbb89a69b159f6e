using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

public sealed unsafe partial class Tensor
{
    /// <summary>
    /// Matrix product over the last two axes, (…, M, K) · (…, K, N) → (…, M, N); outer axes are matched and repeated as
    /// for elementwise operations.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor MatMul(Tensor other)
    {
        if (Shape.Rank < 2 || other.Shape.Rank < 2 || Shape[-1] != other.Shape[-2])
            throw new ArgumentException(
                $"A matrix product of the shapes {Shape} and {other.Shape} is not defined.", nameof(other));
        // All rows of a batch against one matrix are one larger product.
        if (other.Shape.Rank == 2 && Shape.Rank > 2)
        {
            Tensor rows = Reshape(Shape.Remove(-1).ElementCount, Shape[-1]);
            return rows.MatMul(other).Reshape(Shape.With(-1, other.Shape[-1]));
        }
        Shape outer = Broadcast(Shape.Remove(-1).Remove(-1), other.Shape.Remove(-1).Remove(-1));
        int m = Shape[-2], k = Shape[-1], n = other.Shape[-1];
        Tensor a = Expand(Join(outer, m, k)).Batched(), b = other.Expand(Join(outer, k, n)).Batched();
        Tensor y = Empty(Join(outer, m, n));
        MatrixProduct.Run(
            new MatrixProductShape(outer.ElementCount, m, n, k)
            {
                ABatch = a.BatchStride(), ARow = a.Strides[-2], AColumn = a.Strides[-1],
                BBatch = b.BatchStride(), BRow = b.Strides[-2], BColumn = b.Strides[-1],
                CBatch = (long)m * n, CRow = n,
            },
            a.Pointer, b.Pointer, y.Pointer);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return y.From(Op.MatMul, null, a, b);
    }

    /// <summary>
    /// x · Wᵀ + b over the last axis: this tensor (…, in), <paramref name="weight"/> (out, in),
    /// <paramref name="bias"/> (out) → (…, out).
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Linear(Tensor weight, Tensor? bias = null)
    {
        if (weight.Shape.Rank != 2 || Shape.Rank == 0 || Shape[-1] != weight.Shape[1]
            || (bias is not null && bias.Shape != [weight.Shape[0]]))
            throw new ArgumentException(
                $"Linear of an input {Shape} with a weight {weight.Shape} and a bias "
                + $"{bias?.Shape.ToString() ?? "none"} is not defined.", nameof(weight));
        Tensor x = Contiguous();
        Tensor y = Empty(Shape.With(-1, weight.Shape[0]));
        bias = bias?.Contiguous();
        LinearMap.Forward(x, weight, bias, y);
        return bias is null ? y.From(Op.Linear, null, x, weight) : y.From(Op.Linear, null, x, weight, bias);
    }

    /// <summary>
    /// Two-dimensional convolution (cross-correlation) of channels-last images: this tensor (B, H, W, C),
    /// <paramref name="weight"/> (O, C / groups, KH, KW) → (B, OH, OW, O). With one more outer axis on both, T tasks
    /// are computed at once, each with its own weights: (T or 1, B, H, W, C) and (T, O, C / groups, KH, KW) →
    /// (T, B, OH, OW, O); an input with T = 1 is shared by all tasks.
    /// </summary>
    /// <param name="weight">One filter per output channel, in PyTorch's order of axes.</param>
    /// <param name="stride">Step of the window in both directions, from 1.</param>
    /// <param name="padding">Zeros put round each image on all sides, from 0.</param>
    /// <param name="groups">Channels are cut into this many groups that do not see each other.</param>
    /// <param name="relu">
    /// Whether outputs below 0 become 0, as by <see cref="Relu"/>, without a tensor in between.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not fit, or an image is smaller than the window.</exception>
    public Tensor Convolve(Tensor weight, int stride = 1, int padding = 0, int groups = 1, bool relu = false)
    {
        if (Shape.Rank == 4 && weight.Shape.Rank == 4)
        {
            Tensor weights = weight.Reshape(weight.Shape.Insert(0, 1));
            Tensor single = Reshape(Shape.Insert(0, 1)).Convolve(weights, stride, padding, groups, relu);
            return single.Reshape(single.Shape.Remove(0));
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        Shape w = weight.Shape;
        if (Shape.Rank != 5 || w.Rank != 5 || (Shape[0] != w[0] && Shape[0] != 1)
            || Shape[4] != w[2] * groups || w[1] % groups != 0
            || Shape[2] + 2 * padding < w[3] || Shape[3] + 2 * padding < w[4])
            throw new ArgumentException(
                $"A convolution of images {Shape} with weights {w} in {groups} groups, padding {padding}, "
                + "is not defined.", nameof(weight));
        ConvolutionShape s = new(
            w[0], SharedInput: Shape[0] == 1 && w[0] > 1, Shape[1], Shape[2], Shape[3], Shape[4], w[1], w[3], w[4],
            stride, padding, groups) { Relu = relu };
        Tensor x = Contiguous();
        weight = weight.Contiguous();
        return ConvolutionMap.Forward(s, x, weight).From(Op.Convolution, s, x, weight);
    }

    /// <summary>
    /// Multi-head attention softmax(Q Kᵀ / √D) V (Vaswani et al. 2017, equation 1) of this tensor, the queries
    /// (B, T, W), to keys and values side by side (B, S, 2W); head h has the channels from h · W / heads → (B, T, W).
    /// </summary>
    /// <param name="keyValue">The keys in the first half of the last axis, the values in the second.</param>
    /// <param name="heads">The number of heads; divides W.</param>
    /// <param name="mask">
    /// Fits (B, heads, T, S); 0 where a query must not look. A query that may look nowhere gets zeros.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Attention(Tensor keyValue, int heads, Tensor? mask = null)
    {
        if (Shape.Rank != 3 || keyValue.Shape.Rank != 3
            || keyValue.Shape[0] != Shape[0] || keyValue.Shape[2] != 2 * Shape[2]
            || heads < 1 || Shape[2] % heads != 0)
            throw new ArgumentException(
                $"Attention of queries {Shape} to keys and values {keyValue.Shape} with {heads} heads is not defined.",
                nameof(keyValue));
        Tensor query = Contiguous();
        keyValue = keyValue.Contiguous();
        mask = mask?.Expand([Shape[0], heads, Shape[1], keyValue.Shape[1]]);
        (Tensor y, object saved) = AttentionMap.Forward(query, keyValue, heads, mask);
        return y.From(Op.Attention, saved, query, keyValue);
    }

    /// <summary>
    /// (x - mean) / √(variance + ε) over the last axis (Ba et al. 2016), times <paramref name="gamma"/> plus
    /// <paramref name="beta"/> of that axis' length where they are given, both or none.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Only one of gamma and beta is given, or their shape is not (last axis).
    /// </exception>
    public Tensor LayerNorm(Tensor? gamma = null, Tensor? beta = null, float epsilon = 1e-5f)
    {
        if (gamma is null != beta is null)
            throw new ArgumentException("Give gamma and beta, or neither.", nameof(beta));
        if (gamma is not null && (gamma.Shape != [Shape[-1]] || beta!.Shape != [Shape[-1]]))
            throw new ArgumentException(
                $"Gamma {gamma.Shape} and beta {beta!.Shape} do not fit the input {Shape}.", nameof(gamma));
        Tensor x = Contiguous();
        (gamma, beta) = (gamma?.Contiguous(), beta?.Contiguous());
        Tensor y = Empty(Shape);
        Tensor statistics = LayerNormalization.Forward(x, gamma, beta, epsilon, y);
        return gamma is null ? y.From(Op.LayerNorm, statistics, x) : y.From(Op.LayerNorm, statistics, x, gamma, beta!);
    }

    /// <summary>
    /// The mean over rows of the cross-entropy between softmax(this) and class indices: this tensor (…, C) and one
    /// label per row of the last axis, from 0 to C - 1, or -1 for a row that does not count.
    /// </summary>
    /// <param name="labels">
    /// The right class of each row; leave the array unchanged until the gradients are computed.
    /// </param>
    /// <param name="smoothing">
    /// The share of the target spread evenly over all classes, from 0 to 1 (Szegedy et al. 2016).
    /// </param>
    /// <exception cref="ArgumentException">
    /// The number of labels is not the number of rows, or a label is out of range.
    /// </exception>
    public Tensor CrossEntropy(int[] labels, float smoothing = 0)
    {
        if (Shape.Rank == 0 || labels.Length != (Shape[-1] == 0 ? 0 : Count / Shape[-1]))
            throw new ArgumentException($"{labels.Length} labels do not fit logits of shape {Shape}.", nameof(labels));
        Tensor x = Contiguous();
        (Tensor loss, object saved) = CrossEntropyLoss.Forward(x, labels, smoothing);
        return loss.From(Op.CrossEntropy, saved, x);
    }

    private static Shape Join(Shape outer, int rows, int columns) =>
        outer.Insert(outer.Rank, rows).Insert(outer.Rank + 1, columns);

    /// <summary>
    /// This tensor if one step leads from each matrix of its outer axes to the next, else a contiguous copy.
    /// </summary>
    private Tensor Batched()
    {
        int expected = BatchStride();
        for (int i = Shape.Rank - 3; i >= 0; i--)
        {
            if (Shape[i] != 1 && Strides[i] != expected) return Contiguous();
            expected *= Shape[i];
        }
        return this;
    }

    /// <summary>
    /// The stride of the innermost outer axis that is longer than 1, as the stride of others says nothing.
    /// </summary>
    private int BatchStride()
    {
        for (int i = Shape.Rank - 3; i >= 0; i--)
            if (Shape[i] != 1) return Strides[i];
        return 0;
    }

    /// <summary>
    /// (x - mean) / √(variance + ε) · gamma + beta, with mean and variance of each entry of the last axis over all the
    /// others (Ioffe and Szegedy 2015, algorithm 1); where <paramref name="relu"/>, what is below 0 becomes 0.
    /// </summary>
    /// <param name="gamma">(last axis).</param>
    /// <param name="beta">(last axis).</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="relu">Whether a ReLU follows, without a tensor in between.</param>
    /// <param name="statistics">Receives mean and variance, (2, last axis); no gradient flows through.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no number.</exception>
    public Tensor BatchNorm(Tensor gamma, Tensor beta, float epsilon, bool relu, out Tensor statistics)
    {
        if (Shape.Rank == 0 || Count == 0 || gamma.Shape != [Shape[-1]] || beta.Shape != [Shape[-1]])
            throw new ArgumentException(
                $"Gamma {gamma.Shape} and beta {beta.Shape} do not fit the input {Shape}.", nameof(gamma));
        Tensor x = Contiguous();
        (gamma, beta) = (gamma.Contiguous(), beta.Contiguous());
        Tensor y = Empty(Shape);
        statistics = Empty([2, Shape[-1]]);
        BatchNormalization.Saved saved = BatchNormalization.Forward(x, gamma, beta, epsilon, relu, y, statistics);
        return y.From(Op.BatchNorm, saved, x, gamma, beta);
    }
}
