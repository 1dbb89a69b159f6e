namespace ML.TextToModel.Tensors.Tests;

/// <summary>
/// Each operation with inputs that grow with a size n. The odd sizes leave tails beside every register; at
/// <see cref="Large"/> the work is cut into several parts for the threads.
/// </summary>
internal static class OpTable
{
    public const int Large = 201;

    public static IReadOnlyList<int> Sizes { get; } = [1, 7, 33, Large];

    public static IReadOnlyDictionary<string, (Func<Tensor[], Tensor> Op, Func<int, Tensor[]> Inputs)> All { get; } =
        new Dictionary<string, (Func<Tensor[], Tensor>, Func<int, Tensor[]>)>
        {
            ["affine"] = (x => x[0].Affine(1.5f, -0.25f), Matrix),
            ["exp"] = (x => x[0].Exp(), Matrix),
            ["log"] = (x => x[0].Log(), Positive),
            ["sqrt"] = (x => x[0].Sqrt(), Positive),
            ["reciprocal"] = (x => x[0].Reciprocal(), Positive),
            ["relu"] = (x => x[0].Relu(), Matrix),
            ["gelu"] = (x => x[0].Gelu(), Matrix),
            ["sigmoid"] = (x => x[0].Sigmoid(), Matrix),
            ["silu"] = (x => x[0].Silu(), Matrix),
            ["tanh"] = (x => x[0].Tanh(), Matrix),
            ["square"] = (x => x[0].Square(), Matrix),
            ["negate, add and scale numbers"] = (x => (1 - -x[0] * 3 + 2) - 0.5f, Matrix),

            ["add"] = (x => x[0] + x[1], n => Normals([Rows(n), n], [Rows(n), n])),
            ["add a row"] = (x => x[0] + x[1], n => Normals([Rows(n), n], [n])),
            ["add a column to a row"] = (x => x[0] + x[1], n => Normals([Rows(n), 1], [n])),
            ["add to itself"] = (x => x[0] + x[0] * x[0], Matrix),
            ["subtract"] = (x => x[0] - x[1], n => Normals([2, Rows(n), n], [Rows(n), 1])),
            ["multiply"] = (x => x[0] * x[1], n => Normals([Rows(n), n], [Rows(n), n])),
            ["multiply by a number"] = (x => x[0] * x[1], n => Normals([Rows(n), n], [])),
            ["divide"] = (x => x[0] / x[1], n => [.. Matrix(n), .. Positive(n)]),
            ["max of two"] = (x => Tensor.Max(x[0], x[1]), n => Normals([Rows(n), n], [n])),
            ["less"] = (x => x[0].Less(x[1]) * x[0], n => Normals([Rows(n), n], [n])),
            ["where"] = (x => Tensor.Where(x[0].Less(Tensor.Full([], 0)), x[1], x[2]),
                n => Normals([n], [Rows(n), n], [Rows(n), 1])),

            ["sum"] = (x => x[0].Sum(), Matrix),
            ["sum of columns"] = (x => x[0].Sum(0), Matrix),
            ["sum of rows"] = (x => x[0].Sum(-1), Matrix),
            ["sum of outer and inner axes"] = (x => x[0].Sum(0, 2), n => Normals([3, Rows(n), n])),
            ["sum of the middle"] = (x => x[0].Sum(1, 2), n => Normals([2, 3, n, 5])),
            ["mean"] = (x => x[0].Mean(1), Matrix),
            ["max"] = (x => x[0].Max(), Matrix),
            ["max of columns"] = (x => x[0].Max(0), Matrix),
            ["max of rows"] = (x => x[0].Max(1), Matrix),
            ["max of outer and inner axes"] = (x => x[0].Max(0, 2), n => Normals([2, 3, n])),

            ["matrix product"] = (x => x[0].MatMul(x[1]), n => Normals([n, 33], [33, 17])),
            ["matrix product, wide"] = (x => x[0].MatMul(x[1]), n => Normals([5, 12], [12, n])),
            ["matrix product, long sums"] = (x => x[0].MatMul(x[1]), n => Normals([3, n], [n, 4])),
            ["matrix products"] = (x => x[0].MatMul(x[1].Transpose()), n => Normals([2, 3, 7, n], [2, 3, 5, n])),
            ["matrix products with a shared factor"] = (x => x[0].MatMul(x[1]), n => Normals([3, 7, n], [n, 5])),
            ["matrix products with a shared first factor"] = (x => x[0].MatMul(x[1]), n => Normals([7, n], [3, n, 5])),
            ["matrix products, both repeated"] = (x => x[0].MatMul(x[1]), n => Normals([3, 1, 2, n], [4, n, 5])),

            ["reshape"] = (x => x[0].Reshape(-1, 2), n => Normals([2, n])),
            ["permute"] = (x => x[0].Permute(2, 0, 1) * 2, n => Normals([2, Rows(n), n])),
            ["transpose"] = (x => x[0].Transpose() * x[0].Transpose(0, 1), Matrix),
            ["expand"] = (x => x[0].Expand([3, x[0].Shape[0], 4]) * 2, n => Normals([n, 1])),
            ["slice"] = (x => x[0].Slice(1..^1, ..(x[0].Shape[1] / 2 + 1)), n => Normals([Rows(n), n])),
            ["narrow"] = (x => x[0].Narrow(1, 1, 2) * 2, n => Normals([n, 4, 3])),
            ["pad"] = (x => x[0].Pad((1, 2), (0, 3)), Matrix),
            ["concat"] = (x => Tensor.Concat(1, x[0], x[1], x[0]), n => Normals([3, n, 2], [3, 5, 2])),
            ["gather"] = (x => x[0].Gather(Indices(9, x[0].Shape[0])), n => Normals([n, 5])),
            ["scatter-add"] = (x => x[0].ScatterAdd(Indices(x[0].Shape[0], 4), 4), n => Normals([n, 5])),

            ["linear"] = (x => x[0].Linear(x[1], x[2]), n => Normals([n, 2, 33], [9, 33], [9])),
            ["linear without bias"] = (x => x[0].Linear(x[1]), n => Normals([5, n], [7, n])),
            ["softmax"] = (x => x[0].Softmax(), Matrix),
            ["softmax of columns"] = (x => x[0].Softmax(0), Matrix),
            ["log-softmax"] = (x => x[0].LogSoftmax(), Matrix),
            ["attention"] = (x => x[0].Attention(x[1], heads: 3), n => Normals([2, Math.Min(n, 33), 12], [2, 5, 24])),
            ["attention with a mask"] = (x => x[0].Attention(x[1], 2, Mask(x[0].Shape[1], x[1].Shape[1])),
                n => Normals([3, 5, 6], [3, Math.Min(n, 33), 12])),
            ["layer norm"] = (x => x[0].LayerNorm(x[1], x[2]), n => Normals([Rows(n), n + 2], [n + 2], [n + 2])),
            ["layer norm, plain"] = (x => x[0].LayerNorm(), n => Normals([Rows(n), n + 2])),
            ["batch norm"] = (x => x[0].BatchNorm(x[1], x[2], 0.1f, false, out _),
                n => Normals([7, Rows(n), n], [n], [n])),
            ["batch norm, then ReLU"] = (x => x[0].BatchNorm(x[1], x[2], 0.1f, true, out _),
                n => Normals([Rows(n) + 2, n], [n], [n])),
            ["cross-entropy"] = (x => x[0].CrossEntropy(Labels(x[0].Shape)), Matrix),
            ["cross-entropy, smoothed"] = (x => x[0].CrossEntropy(Labels(x[0].Shape), 0.1f), Matrix),
            ["convolution"] = (x => x[0].Convolve(x[1], padding: 1),
                n => Normals([Rows(n) / 3, 5, 6, 3], [4, 3, 3, 3])),
            ["convolution, strided"] = (x => x[0].Convolve(x[1], stride: 2, padding: 1),
                n => Normals([2, 7, 5, Math.Min(n, 33)], [5, Math.Min(n, 33), 3, 3])),
            ["convolution in groups"] = (x => x[0].Convolve(x[1], groups: 3),
                n => Normals([2, 4, 5, 6], [Math.Min(n, 33) * 3, 2, 2, 3])),
            ["convolution, then ReLU"] = (x => x[0].Convolve(x[1], padding: 1, relu: true),
                n => Normals([2, 9, 7, 3], [Math.Min(n, 33), 3, 3, 3])),
            ["convolution, then ReLU, then its mean"] = (x => x[0].Convolve(x[1], 2, 1, relu: true).Mean(1, 2),
                n => Normals([2, 7, 5, Math.Min(n, 33)], [6, Math.Min(n, 33), 3, 3])),
            ["convolutions of one input, then ReLU"] = (x => x[0].Convolve(x[1], relu: true),
                n => Normals([1, 2, 4, 5, 3], [Math.Min(n, 7), 4, 3, 3, 3])),
            ["convolutions of several tasks"] = (x => x[0].Convolve(x[1]),
                n => Normals([Math.Min(n, 7), 2, 4, 5, 3], [Math.Min(n, 7), 4, 3, 3, 3])),
            ["convolutions of one input"] = (x => x[0].Convolve(x[1]),
                n => Normals([1, 2, 4, 5, 3], [Math.Min(n, 7), 4, 3, 3, 3])),
        };

    private static int Rows(int n) => n < Large ? 3 : n;

    private static Tensor[] Matrix(int n) => Normals([Rows(n), n]);

    private static Tensor[] Positive(int n) => [Matrix(n)[0].Sigmoid() * 2 + 0.5f];

    private static Tensor[] Normals(params Shape[] shapes)
    {
        Rng rng = new(seed: 3);
        return [.. shapes.Select(shape => Tensor.Normal(shape, rng))];
    }

    private static int[] Indices(int count, int end)
    {
        Rng rng = new(seed: 4);
        return [.. Enumerable.Range(0, count).Select(_ => rng.NextInt(end))];
    }

    /// <summary>Each query looks at every second key, the last query at none.</summary>
    private static Tensor Mask(int queries, int keys) => Tensor.From(
        [.. Enumerable.Range(0, queries * keys).Select(i => i / keys < queries - 1 && i % 2 == 0 ? 1f : 0)],
        [queries, keys]);

    /// <summary>A class for each row; the second row does not count.</summary>
    private static int[] Labels(Shape shape)
    {
        int[] labels = Indices(shape[0], shape[1]);
        if (labels.Length > 1) labels[1] = -1;
        return labels;
    }
}
