using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Tensors.Tests.Golden;

/// <summary>What our library computes for a golden case, as a function of the case's inputs.</summary>
internal static class GoldenOperations
{
    public static Func<Tensor[], Tensor> Of(GoldenCase c) => c.Op switch
    {
        "exp" => x => x[0].Exp(),
        "log" => x => x[0].Log(),
        "sqrt" => x => x[0].Sqrt(),
        "recip" => x => x[0].Reciprocal(),
        "neg" => x => -x[0],
        "relu" => x => x[0].Relu(),
        "tanh" => x => x[0].Tanh(),
        "sigmoid" => x => x[0].Sigmoid(),
        "gelu" => x => x[0].Gelu(),
        "silu" => x => x[0].Silu(),

        "add" => x => x[0] + x[1],
        "sub" => x => x[0] - x[1],
        "mul" => x => x[0] * x[1],
        "div" => x => x[0] / x[1],
        "max" => x => Tensor.Max(x[0], x[1]),
        "less" => x => x[0].Less(x[1]),
        "where" => x => Tensor.Where(x[0], x[1], x[2]),

        "reduce_sum" => x => Reduced(c, x[0], x[0].Sum(c.Ints("axes"))),
        "reduce_mean" => x => Reduced(c, x[0], x[0].Mean(c.Ints("axes"))),
        "reduce_max" => x => Reduced(c, x[0], x[0].Max(c.Ints("axes"))),
        "softmax" => x => x[0].Softmax(c.Int("axis")),
        "log_softmax" => x => x[0].LogSoftmax(c.Int("axis")),

        "matmul" => x => Transposed(c, "transposeA", x[0]).MatMul(Transposed(c, "transposeB", x[1])),
        "reshape" => x => (c.Has("permute") ? x[0].Permute(c.Ints("permute")) : x[0]).Reshape(c.Ints("shape")),
        "permute" => x => x[0].Permute(c.Ints("axes")),
        "expand" => x => x[0].Expand(new Shape(c.Ints("shape"))),
        "slice" => x =>
            x[0].Slice([.. c.Ints("starts").Zip(c.Ints("lengths"), (start, length) => start..(start + length))]),
        "pad" => x => x[0].Pad([.. c.Ints("before").Zip(c.Ints("after"))]),
        "concat" => x => Tensor.Concat(c.Int("axis"), x),
        "gather" => x => x[0].Gather(c.Indices).Reshape([.. c.IndexShape, .. x[0].Shape.Remove(0)]),
        "scatter_add" => x => x[0].ScatterAdd(c.Indices, c.Int("rows")),

        "cross_entropy" => x => x[0].CrossEntropy(c.Indices, c.Float("smoothing")),
        "linear" => x => x[0].Linear(x[1], x.ElementAtOrDefault(2)),
        "layer_norm" => x => x[0].LayerNorm(x.ElementAtOrDefault(1), x.ElementAtOrDefault(2), c.Float("epsilon")),
        "batch_norm" => x => x[0].BatchNorm(x[1], x[2], c.Float("epsilon"), c.Bool("relu"), out _),
        "attention" => x => MultiHeadAttention.Attend(x[0], x[1], x[2], AttentionMask(c, x)),
        "conv2d" => x =>
            Biased(x[0].Convolve(x[1], c.Int("stride"), c.Int("padding"), c.Int("groups")), x.ElementAtOrDefault(2)),
        "task_conv2d" => x => (c.Bool("sharedImages") ? x[0].Reshape(x[0].Shape.Insert(0, 1)) : x[0])
            .Convolve(x[1], c.Int("stride"), c.Int("padding")),
        "avg_pool" => x => Pooling.Average(WholeWindows(c, x[0]), c.Int("size")),
        "max_pool" => x => Pooling.Max(WholeWindows(c, x[0]), c.Int("size")),
        "global_mean_pool" => x => Pooling.GlobalAverage(x[0]),

        "adamw" => x => GoldenTraining.AdamW(c, x[0], x[1]),
        "sgd" => x => GoldenTraining.Sgd(c, x[0], x[1]),
        "clip_grad_norm" => x => GoldenTraining.Clip(c, x[0], x[1]),
        "ema" => x => GoldenTraining.Average(c, x[0], x[1]),
        "warmup_cosine" => _ => GoldenTraining.WarmUpCosine(c),
        "gpt_block" => x => GoldenNetworks.GptBlock(c, x),
        "tina_cnn" => x => GoldenNetworks.TinaCnn(c, x),
        "skip_mlp" => x => GoldenNetworks.SkipMlp(c, x),
        _ => throw new NotSupportedException($"The golden case {c.Name} has the unknown operation {c.Op}."),
    };

    /// <summary>The error allowed, relative to the largest golden number; reasons in tests/Golden/README.md.</summary>
    public static double Tolerance(string op) => op switch
    {
        "neg" or "relu" or "max" or "less" or "where" or "reduce_max" or "max_pool" or "reshape" or "permute"
            or "expand" or "slice" or "pad" or "concat" or "gather" => 0,
        "exp" or "log" or "sqrt" or "recip" or "tanh" or "sigmoid" or "gelu" or "silu"
            or "add" or "sub" or "mul" or "div" => 1e-6,
        "adamw" or "sgd" or "ema" or "gpt_block" or "tina_cnn" or "skip_mlp" => 1e-5,
        _ => 3e-6,
    };

    /// <summary>The same as the operation attention, with all heads side by side in the last axis.</summary>
    public static Tensor FusedAttention(GoldenCase c, Tensor[] x)
    {
        (Tensor query, Tensor key, Tensor value) = (SideBySide(x[0]), SideBySide(x[1]), SideBySide(x[2]));
        Shape s = x[0].Shape;   // (B, H, T, D)
        Tensor y = query.Attention(Tensor.Concat(-1, key, value), s[1], AttentionMask(c, x));
        return y.Reshape(s[0], s[2], s[1], s[3]).Transpose(1, 2);

        static Tensor SideBySide(Tensor heads) =>
            heads.Transpose(1, 2).Reshape(heads.Shape[0], heads.Shape[2], heads.Shape[1] * heads.Shape[3]);
    }

    private static Tensor? AttentionMask(GoldenCase c, Tensor[] x) =>
        c.Bool("causal") ? MultiHeadAttention.CausalMask(x[0].Shape[-2]) : c.Mask;

    private static Tensor Reduced(GoldenCase c, Tensor x, Tensor y)
    {
        if (c.Bool("keepdim")) return y;
        foreach (int axis in c.Ints("axes").Select(axis => x.Shape.Axis(axis)).OrderDescending()) y = y.Squeeze(axis);
        return y;
    }

    private static Tensor Transposed(GoldenCase c, string attribute, Tensor x) => c.Bool(attribute) ? x.Transpose() : x;

    private static Tensor Biased(Tensor x, Tensor? bias) => bias is null ? x : x + bias;

    private static Tensor WholeWindows(GoldenCase c, Tensor x)
    {
        int size = c.Int("size");
        return x.Slice(.., ..(x.Shape[1] / size * size), ..(x.Shape[2] / size * size));
    }
}
