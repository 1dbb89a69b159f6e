using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Batch norm over the last axis and its gradient.</summary>
internal static unsafe class BatchNormalization
{
    private const int FloatsPerPart = 1 << 13;   // x and its gradient stay in the first cache

    /// <summary>What the gradient needs: (4, channels), mean, γ / deviation, β, 1 / deviation.</summary>
    public sealed record Saved(Tensor Coefficients, bool Relu);

    /// <summary>Writes y, and mean and variance of each channel over all rows, (2, channels).</summary>
    public static Saved Forward(
        Tensor x, Tensor gamma, Tensor beta, float epsilon, bool relu, Tensor y, Tensor statistics)
    {
        int channels = x.Shape[-1], parts = Parts(x);
        Tensor sums = Tensor.Empty([parts, 2, channels]);
        StatisticsJob job = new() { Rows = new(x), X = x.Pointer, Sums = sums.Pointer, Kernels = KernelSet.Current };
        Workers.Run(parts, ref job);
        Merge(sums.AsSpan(), job.Rows, statistics.AsSpan());

        Tensor coefficients = Tensor.Empty([4, channels]);
        Span<float> c = coefficients.AsSpan(), s = statistics.AsSpan();
        for (int i = 0; i < channels; i++)
        {
            double inverse = 1 / Math.Sqrt(s[channels + i] + (double)epsilon);
            c[i] = s[i];
            c[channels + i] = (float)(gamma.AsSpan()[i] * inverse);
            c[2 * channels + i] = beta.AsSpan()[i];
            c[3 * channels + i] = (float)inverse;
        }
        NormalizeJob normalize = new()
        {
            Rows = job.Rows, X = x.Pointer, Y = y.Pointer, Coefficients = coefficients.Pointer, Relu = relu,
            Kernels = KernelSet.Current,
        };
        Workers.Run(parts, ref normalize);
        return new Saved(coefficients, relu);
    }

    public static InputGradients Gradient(Node n, Tensor g)
    {
        (Tensor coefficients, bool relu) = n.Get<Saved>();
        Tensor x = n[0];
        g = g.Contiguous();
        int channels = x.Shape[-1], parts = Parts(x);
        Tensor sums = Tensor.Empty([parts, 2, channels]), maps = Tensor.Empty([2, channels]);
        Tensor gx = Tensor.Empty(x.Shape), gGamma = Tensor.Empty([channels]), gBeta = Tensor.Empty([channels]);
        SumsJob job = new()
        {
            Rows = new(x), X = x.Pointer, G = g.Pointer, Coefficients = coefficients.Pointer, Sums = sums.Pointer,
            Relu = relu, Kernels = KernelSet.Current,
        };
        Workers.Run(parts, ref job);
        Span<float> c = coefficients.AsSpan(), all = sums.AsSpan(), map = maps.AsSpan();
        int rows = x.Count / Math.Max(channels, 1);
        for (int i = 0; i < channels; i++)
        {
            double sum = 0, product = 0;
            for (int part = 0; part < parts; part++)
            {
                sum += all[2 * part * channels + i];
                product += all[(2 * part + 1) * channels + i];
            }
            float scale = c[channels + i], inverse = c[3 * channels + i];
            gBeta.AsSpan()[i] = (float)sum;
            gGamma.AsSpan()[i] = (float)(product * inverse);
            map[i] = (float)(-(double)scale * inverse * inverse * product / rows);
            map[channels + i] = (float)(-(double)scale * sum / rows);
        }
        InputJob input = new()
        {
            Rows = job.Rows, X = x.Pointer, G = g.Pointer, Coefficients = coefficients.Pointer, Maps = maps.Pointer,
            GX = gx.Pointer, Relu = relu, Kernels = KernelSet.Current,
        };
        Workers.Run(parts, ref input);
        GC.KeepAlive(g);
        return (gx, gGamma, gBeta);
    }

    /// <summary>Mean and variance over all parts from those of each (Chan et al. 1979).</summary>
    private static void Merge(ReadOnlySpan<float> sums, in RowParts rows, Span<float> statistics)
    {
        int channels = rows.Channels;
        for (int c = 0; c < channels; c++)
        {
            double mean = 0, squares = 0;
            long count = 0;
            for (int part = 0; part * rows.PerPart < rows.Count; part++)
            {
                int more = rows.In(part);
                double delta = sums[2 * part * channels + c] - mean;
                mean += delta * more / (count + more);
                squares += sums[(2 * part + 1) * channels + c] + delta * delta * count * more / (count + more);
                count += more;
            }
            (statistics[c], statistics[channels + c]) = ((float)mean, (float)(squares / Math.Max(count, 1)));
        }
    }

    private static int Parts(Tensor x)
    {
        RowParts rows = new(x);
        return (rows.Count + rows.PerPart - 1) / rows.PerPart;
    }

    private static ChannelMap Map(float* coefficients, int channels) => new(
        new(coefficients, channels), new(coefficients + channels, channels),
        new(coefficients + 2 * channels, channels));

    /// <summary>The rows of a tensor, cut into parts.</summary>
    private readonly struct RowParts(Tensor x)
    {
        public readonly int Channels = x.Shape[-1];
        public readonly int Count = x.Count / Math.Max(x.Shape[-1], 1);
        public readonly int PerPart = Math.Max(FloatsPerPart / Math.Max(x.Shape[-1], 1), 1);

        public int In(int part) => Math.Min(PerPart, Count - part * PerPart);

        public Span<float> Of(float* start, int part) =>
            new(start + (long)part * PerPart * Channels, In(part) * Channels);
    }

    private struct StatisticsJob : IParallelJob
    {
        public RowParts Rows;
        public float* X, Sums;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int channels = Rows.Channels;
            Span<float> x = Rows.Of(X, part), mean = new(Sums + (long)2 * part * channels, channels);
            Kernels.SumRows(x, Rows.In(part), channels, mean);
            Kernels.Unary(UnaryKernel.Affine, mean, mean, 1f / Rows.In(part), 0);
            Kernels.SumSquares(x, mean, new(Sums + (long)(2 * part + 1) * channels, channels));
        }
    }

    private struct NormalizeJob : IParallelJob
    {
        public RowParts Rows;
        public float* X, Y, Coefficients;
        public bool Relu;
        public KernelSet Kernels;

        public readonly void Run(int part) =>
            Kernels.Normalize(Rows.Of(X, part), Map(Coefficients, Rows.Channels), Relu, Rows.Of(Y, part));
    }

    private struct SumsJob : IParallelJob
    {
        public RowParts Rows;
        public float* X, G, Coefficients, Sums;
        public bool Relu;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int channels = Rows.Channels;
            float* sums = Sums + (long)2 * part * channels;
            Kernels.SumGradients(
                Rows.Of(X, part), Rows.Of(G, part), Map(Coefficients, channels), Relu, new(sums, channels),
                new(sums + channels, channels));
        }
    }

    private struct InputJob : IParallelJob
    {
        public RowParts Rows;
        public float* X, G, Coefficients, Maps, GX;
        public bool Relu;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int channels = Rows.Channels;
            Kernels.NormalizeGradient(
                Rows.Of(X, part), Rows.Of(G, part), Map(Coefficients, channels), Relu, new(Maps, channels),
                new(Maps + channels, channels), Rows.Of(GX, part));
        }
    }
}
