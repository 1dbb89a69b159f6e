using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>
/// softmax(Q Kᵀ / √D + mask) V for all heads, reading queries, keys and values where the linear layers before left
/// them, and its gradient. One part of the work is one head of one sequence.
/// </summary>
internal static unsafe class AttentionMap
{
    /// <summary>What the gradient needs: the attention weights (B, H, T, S).</summary>
    private sealed record Saved(Tensor Weights, int Heads);

    /// <summary>
    /// Query (B, T, W), key and value side by side (B, S, 2W), mask (B, H, T, S) or none → (B, T, W).
    /// </summary>
    public static (Tensor Output, object Saved) Forward(Tensor query, Tensor keyValue, int heads, Tensor? mask)
    {
        Tensor y = Tensor.Empty(query.Shape);
        Tensor weights = Tensor.Empty([query.Shape[0], heads, query.Shape[1], keyValue.Shape[1]]);
        ForwardJob job = new()
        {
            Sizes = new Sizes(query, keyValue, heads), Kernels = KernelSet.Current,
            Query = query.Pointer, KeyValue = keyValue.Pointer, Y = y.Pointer, Weights = weights.Pointer,
            Mask = mask is null ? null : mask.Pointer, MaskStrides = mask?.Strides ?? default,
        };
        Workers.Run(query.Shape[0] * heads, ref job);
        GC.KeepAlive(query);
        GC.KeepAlive(keyValue);
        GC.KeepAlive(mask);
        return (y, new Saved(weights, heads));
    }

    public static InputGradients Gradient(Node n, Tensor g)
    {
        Saved saved = n.Get<Saved>();
        Tensor query = n[0], keyValue = n[1];
        g = g.Contiguous();
        Tensor gQuery = Tensor.Empty(query.Shape), gKeyValue = Tensor.Empty(keyValue.Shape);
        Tensor gWeights = Tensor.Empty(saved.Weights.Shape);
        GradientJob job = new()
        {
            Sizes = new Sizes(query, keyValue, saved.Heads), Kernels = KernelSet.Current,
            Query = query.Pointer, KeyValue = keyValue.Pointer, Weights = saved.Weights.Pointer, G = g.Pointer,
            GQuery = gQuery.Pointer, GKeyValue = gKeyValue.Pointer, GWeights = gWeights.Pointer,
        };
        Workers.Run(query.Shape[0] * saved.Heads, ref job);
        GC.KeepAlive(g);
        GC.KeepAlive(gWeights);
        return (gQuery, gKeyValue);
    }

    // T queries, S keys, W width of all heads, D width of one.
    private readonly struct Sizes(Tensor query, Tensor keyValue, int heads)
    {
        public readonly int T = query.Shape[1], S = keyValue.Shape[1], W = query.Shape[2];
        public readonly int D = query.Shape[2] / heads, Heads = heads;

        public float Scale => 1 / MathF.Sqrt(D);

        /// <summary>
        /// Where the queries, keys and attention weights of a part start; values lie W behind their keys.
        /// </summary>
        public (long Query, long Key, long Weights) Offsets(int part)
        {
            (int sequence, int head) = Math.DivRem(part, Heads);
            return ((long)sequence * T * W + head * D, (long)sequence * S * 2 * W + head * D, (long)part * T * S);
        }
    }

    private struct ForwardJob : IParallelJob
    {
        public Sizes Sizes;
        public float* Query, KeyValue, Weights, Mask, Y;
        public Shape MaskStrides;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            (int t, int s, int w, int d) = (Sizes.T, Sizes.S, Sizes.W, Sizes.D);
            (long query, long key, long start) = Sizes.Offsets(part);
            float* weights = Weights + start;
            MatrixProduct.RunHere(
                new(1, t, s, d) { ARow = w, AColumn = 1, BRow = 1, BColumn = 2 * w, CRow = s },
                Query + query, KeyValue + key, weights, Kernels);
            for (int i = 0; i < t; i++)
            {
                Span<float> row = new(weights + (long)i * s, s);
                Kernels.Unary(UnaryKernel.Affine, row, row, Sizes.Scale);
                if (Mask is not null) HideMasked(row, part, i);
                Kernels.Softmax(row, row);
            }
            MatrixProduct.RunHere(
                new(1, t, d, s) { ARow = s, AColumn = 1, BRow = 2 * w, BColumn = 1, CRow = w },
                weights, KeyValue + key + w, Y + query, Kernels);
        }

        private readonly void HideMasked(Span<float> row, int part, int query)
        {
            (int sequence, int head) = Math.DivRem(part, Sizes.Heads);
            float* mask =
                Mask + (long)sequence * MaskStrides[0] + (long)head * MaskStrides[1] + (long)query * MaskStrides[2];
            for (int j = 0; j < row.Length; j++)
                if (mask[(long)j * MaskStrides[3]] == 0) row[j] = float.NegativeInfinity;
        }
    }

    private struct GradientJob : IParallelJob
    {
        public Sizes Sizes;
        public float* Query, KeyValue, Weights, G, GQuery, GKeyValue, GWeights;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            (int t, int s, int w, int d) = (Sizes.T, Sizes.S, Sizes.W, Sizes.D);
            (long query, long key, long start) = Sizes.Offsets(part);
            float* weights = Weights + start, gWeights = GWeights + start;
            // dV = Pᵀ dY and dP = dY Vᵀ.
            MatrixProduct.RunHere(
                new(1, s, d, t) { ARow = 1, AColumn = s, BRow = w, BColumn = 1, CRow = 2 * w },
                weights, G + query, GKeyValue + key + w, Kernels);
            MatrixProduct.RunHere(
                new(1, t, s, d) { ARow = w, AColumn = 1, BRow = 1, BColumn = 2 * w, CRow = s },
                G + query, KeyValue + key + w, gWeights, Kernels);
            for (int i = 0; i < t; i++)
            {
                Span<float> row = new(gWeights + (long)i * s, s);
                Kernels.SoftmaxGradient(new(weights + (long)i * s, s), row, row);
                Kernels.Unary(UnaryKernel.Affine, row, row, Sizes.Scale);
            }
            // dQ = dS K and dK = dSᵀ Q.
            MatrixProduct.RunHere(
                new(1, t, d, s) { ARow = s, AColumn = 1, BRow = 2 * w, BColumn = 1, CRow = w },
                gWeights, KeyValue + key, GQuery + query, Kernels);
            MatrixProduct.RunHere(
                new(1, s, d, t) { ARow = 1, AColumn = s, BRow = w, BColumn = 1, CRow = 2 * w },
                gWeights, Query + query, GKeyValue + key, Kernels);
        }
    }
}
