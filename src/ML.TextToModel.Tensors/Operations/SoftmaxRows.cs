using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Softmax over the last axis of contiguous tensors, and its gradient.</summary>
internal static unsafe class SoftmaxRows
{
    private const int PartLength = 8 * 1024;

    public static void Forward(Tensor x, Tensor y)
    {
        Run(new Job { X = x.Pointer, Y = y.Pointer }, y.Shape);
        GC.KeepAlive(x);
    }

    public static Tensor Gradient(Tensor y, Tensor g)
    {
        g = g.Contiguous();
        Tensor gx = Tensor.Empty(y.Shape);
        Run(new Job { X = y.Pointer, G = g.Pointer, Y = gx.Pointer }, y.Shape);
        GC.KeepAlive(g);
        return gx;
    }

    private static void Run(Job job, Shape shape)
    {
        job.Length = shape[-1];
        if (job.Length == 0) return;
        job.Rows = shape.ElementCount / job.Length;
        job.RowsPerPart = Math.Max(1, PartLength / job.Length);
        job.Kernels = KernelSet.Current;
        Workers.Run((job.Rows + job.RowsPerPart - 1) / job.RowsPerPart, ref job);
    }

    private struct Job : IParallelJob
    {
        public float* X, G, Y;
        public int Rows, Length, RowsPerPart;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            int end = Math.Min(Rows, (part + 1) * RowsPerPart);
            for (int row = part * RowsPerPart; row < end; row++)
            {
                long start = (long)row * Length;
                ReadOnlySpan<float> x = new(X + start, Length);
                Span<float> y = new(Y + start, Length);
                if (G is null) Kernels.Softmax(x, y);
                else Kernels.SoftmaxGradient(x, new(G + start, Length), y);
            }
        }
    }
}
