using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Layer norm over the last axis and its gradient.</summary>
internal static unsafe class LayerNormalization
{
    private const int RowsPerPart = 32;

    /// <summary>Mean and inverse deviation of each row, kept for the gradient: shape (rows, 2).</summary>
    public static Tensor Forward(Tensor x, Tensor? gamma, Tensor? beta, float epsilon, Tensor y)
    {
        int length = x.Shape[-1], rows = length == 0 ? 0 : x.Count / length;
        Tensor statistics = Tensor.Empty([rows, 2]);
        ForwardJob job = new()
        {
            X = x.Pointer, Y = y.Pointer, Statistics = statistics.Pointer, Rows = rows, Length = length, Epsilon = epsilon,
            Gamma = gamma is null ? null : gamma.Pointer, Beta = beta is null ? null : beta.Pointer, Kernels = KernelSet.Current,
        };
        Workers.Run((rows + RowsPerPart - 1) / RowsPerPart, ref job);
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        return statistics;
    }

    public static InputGradients Gradient(Node n, Tensor g)
    {
        Tensor x = n[0], statistics = n.Get<Tensor>();
        Tensor? gamma = n.Inputs.Length > 1 ? n[1] : null;
        g = g.Contiguous();
        int length = x.Shape[-1], rows = statistics.Shape[0], parts = (rows + RowsPerPart - 1) / RowsPerPart;
        Tensor gx = Tensor.Empty(x.Shape);
        // Each part sums the gradients of gamma and beta over its rows; the parts are summed afterwards.
        Tensor? affine = gamma is null ? null : Tensor.Zeros([parts, 2, length]);
        GradientJob job = new()
        {
            X = x.Pointer, G = g.Pointer, GX = gx.Pointer, Statistics = statistics.Pointer, Rows = rows, Length = length,
            Gamma = gamma is null ? null : gamma.Pointer, Affine = affine is null ? null : affine.Pointer, Kernels = KernelSet.Current,
        };
        Workers.Run(parts, ref job);
        GC.KeepAlive(g);
        if (affine is null) return gx;
        Tensor sums = affine.Sum(0);   // (1, 2, length)
        return (gx, sums.Slice(.., 0..1).Reshape(length), sums.Slice(.., 1..2).Reshape(length));
    }

    private static ReadOnlySpan<float> Row(float* start, int length) => start is null ? default : new(start, length);

    private struct ForwardJob : IParallelJob
    {
        public float* X, Y, Gamma, Beta, Statistics;
        public int Rows, Length;
        public float Epsilon;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int end = Math.Min(Rows, (part + 1) * RowsPerPart);
            for (int i = part * RowsPerPart; i < end; i++)
            {
                long start = (long)i * Length;
                (Statistics[2 * i], Statistics[2 * i + 1]) = Kernels.LayerNorm(
                    new(X + start, Length), Row(Gamma, Length), Row(Beta, Length), Epsilon, new(Y + start, Length));
            }
        }
    }

    private struct GradientJob : IParallelJob
    {
        public float* X, G, GX, Gamma, Statistics, Affine;
        public int Rows, Length;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            Span<float> gGamma = Affine is null ? default : new(Affine + (long)part * 2 * Length, Length);
            Span<float> gBeta = Affine is null ? default : new(Affine + ((long)part * 2 + 1) * Length, Length);
            int end = Math.Min(Rows, (part + 1) * RowsPerPart);
            for (int i = part * RowsPerPart; i < end; i++)
            {
                long start = (long)i * Length;
                Kernels.LayerNormGradient(
                    new(X + start, Length), Row(Gamma, Length), new(G + start, Length), Statistics[2 * i],
                    Statistics[2 * i + 1], new(GX + start, Length), gGamma, gBeta);
            }
        }
    }
}
