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
            X = x.Pointer, Y = y.Pointer, Statistics = statistics.Pointer,
            Rows = rows, Length = length, Epsilon = epsilon, Kernels = KernelSet.Current,
            Gamma = gamma is null ? null : gamma.Pointer, Beta = beta is null ? null : beta.Pointer,
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
        Tensor? gammaParts = gamma is null ? null : Tensor.Zeros([parts, length]);
        Tensor? betaParts = gamma is null ? null : Tensor.Zeros([parts, length]);
        GradientJob job = new()
        {
            X = x.Pointer, G = g.Pointer, GX = gx.Pointer, Statistics = statistics.Pointer,
            Rows = rows, Length = length, Kernels = KernelSet.Current,
            Gamma = gamma is null ? null : gamma.Pointer,
            GammaParts = gammaParts is null ? null : gammaParts.Pointer,
            BetaParts = betaParts is null ? null : betaParts.Pointer,
        };
        Workers.Run(parts, ref job);
        GC.KeepAlive(g);
        return gammaParts is null ? gx : (gx, SumOfParts(gammaParts), SumOfParts(betaParts!));
    }

    private static Tensor SumOfParts(Tensor parts)
    {
        Tensor sum = Tensor.Empty([parts.Shape[1]]);
        Reduction.Run(sum: true, parts, axes: 1, sum);
        return sum;
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
        public float* X, G, GX, Gamma, Statistics, GammaParts, BetaParts;
        public int Rows, Length;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            Span<float> gGamma = GammaParts is null ? default : new(GammaParts + (long)part * Length, Length);
            Span<float> gBeta = BetaParts is null ? default : new(BetaParts + (long)part * Length, Length);
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
