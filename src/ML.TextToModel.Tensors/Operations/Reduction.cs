using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Sums and maxima over any set of axes.</summary>
internal static unsafe class Reduction
{
    private const int PartLength = 32 * 1024;
    private const int ColumnsPerPart = 128;

    /// <summary>Reduces the axes whose bit is set; <paramref name="y"/> is contiguous.</summary>
    public static void Run(bool sum, Tensor x, int axes, Tensor y)
    {
        // Seen as (outer, reduced, inner): possible as it is where the reduced axes stand side by side.
        int first = 0, last = x.Shape.Rank - 1;
        while (first <= last && (axes >> first & 1) == 0) first++;
        while (last >= first && (axes >> last & 1) == 0) last--;
        bool sideBySide = axes >> first == (1 << (last - first + 1)) - 1;
        if (!sideBySide)
        {
            x = x.Permute(KeptThenReduced(x.Shape.Rank, axes, out first));
            last = x.Shape.Rank - 1;
        }
        x = x.Contiguous();
        Job job = new()
        {
            Sum = sum, X = x.Pointer, Y = y.Pointer, Reduced = 1, Inner = 1, Outer = 1, Kernels = KernelSet.Current,
        };
        for (int i = 0; i < x.Shape.Rank; i++)
        {
            if (i < first) job.Outer *= x.Shape[i];
            else if (i <= last) job.Reduced *= x.Shape[i];
            else job.Inner *= x.Shape[i];
        }
        job.RowsPerPart = Math.Max(1, PartLength / Math.Max(1, job.Reduced));
        job.ColumnParts = (job.Inner + ColumnsPerPart - 1) / ColumnsPerPart;
        int parts = job.Inner == 1
            ? (job.Outer + job.RowsPerPart - 1) / job.RowsPerPart
            : job.Outer * job.ColumnParts;
        Workers.Run(parts, ref job);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    private static int[] KeptThenReduced(int rank, int axes, out int kept)
    {
        int[] order = new int[rank];
        int reduced = rank - int.PopCount(axes);
        kept = 0;
        for (int i = 0; i < rank; i++) order[(axes >> i & 1) == 0 ? kept++ : reduced++] = i;
        return order;
    }

    private struct Job : IParallelJob
    {
        public bool Sum;
        public float* X, Y;
        public int Outer, Reduced, Inner, RowsPerPart, ColumnParts;
        public KernelSet Kernels;

        public readonly void Run(int part)
        {
            if (Inner == 1)
            {
                for (int i = part * RowsPerPart; i < Math.Min(Outer, (part + 1) * RowsPerPart); i++)
                {
                    ReadOnlySpan<float> row = new(X + (long)i * Reduced, Reduced);
                    Y[i] = Sum ? (float)Kernels.Sum(row) : Kernels.Max(row);
                }
                return;
            }
            (int outer, int columnPart) = Math.DivRem(part, ColumnParts);
            int left = columnPart * ColumnsPerPart;
            int columns = Math.Min(ColumnsPerPart, Inner - left);
            ReadOnlySpan<float> block = new(
                X + (long)outer * Reduced * Inner + left, Math.Max(0, Reduced * Inner - left));
            Span<float> target = new(Y + (long)outer * Inner + left, columns);
            if (Sum) Kernels.SumRows(block, Reduced, Inner, target);
            else Kernels.MaxRows(block, Reduced, Inner, target);
        }
    }
}
