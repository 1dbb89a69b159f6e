using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Runs elementwise kernels over tensors of any strides; the result is written in row-major order.</summary>
internal static unsafe class Elementwise
{
    private const int PartLength = 16 * 1024;   // 64 KB an operand: all three stay in the second-level cache

    public static void Unary(UnaryKernel f, Tensor x, float* y, float alpha = 1, float beta = 0)
    {
        Run(new Job { Arity = 1, UnaryFunction = f, A = x.Pointer, Y = y, Alpha = alpha, Beta = beta },
            new StridedRows(x.Shape, x.Strides));
        GC.KeepAlive(x);
    }

    public static void Binary(BinaryKernel f, Tensor a, Tensor b, float* y)
    {
        Run(new Job { Arity = 2, BinaryFunction = f, A = a.Pointer, B = b.Pointer, Y = y },
            new StridedRows(a.Shape, a.Strides, b.Strides));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    public static void Where(Tensor condition, Tensor a, Tensor b, float* y)
    {
        Run(new Job { Arity = 3, A = condition.Pointer, B = a.Pointer, C = b.Pointer, Y = y },
            new StridedRows(a.Shape, condition.Strides, a.Strides, b.Strides));
        GC.KeepAlive(condition);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    private static void Run(Job job, StridedRows rows)
    {
        job.Rows = rows;
        job.Kernels = KernelSet.Current;
        // A part is some whole rows, or a stretch of one row where rows are long.
        job.PartsPerRow = Math.Max(1, (rows.Length + PartLength - 1) / PartLength);
        job.RowsPerPart = Math.Max(1, PartLength / Math.Max(1, rows.Length));
        int parts = (rows.Rows + job.RowsPerPart - 1) / job.RowsPerPart * job.PartsPerRow;
        Workers.Run(parts, ref job);
    }

    private struct Job : IParallelJob
    {
        private const int TileLength = 512;

        public int Arity;
        public UnaryKernel UnaryFunction;
        public BinaryKernel BinaryFunction;
        public float* A, B, C, Y;
        public float Alpha, Beta;
        public StridedRows Rows;
        public KernelSet Kernels;
        public int PartsPerRow, RowsPerPart;

        public readonly void Run(int part)
        {
            (int block, int stretch) = Math.DivRem(part, PartsPerRow);
            int start = stretch * PartLength;
            int length = PartsPerRow == 1 ? Rows.Length : Math.Min(PartLength, Rows.Length - start);
            int end = Math.Min(Rows.Rows, (block + 1) * RowsPerPart);
            for (int row = block * RowsPerPart, count; row < end; row += count)
            {
                count = Math.Min(Rows.Neighbours(row), end - row);
                RunRows(row, count, start, length);
            }
        }

        private readonly void RunRows(int row, int count, int start, int length)
        {
            float* y = Y + (long)row * Rows.Length + start;
            float* a = A + Rows.Offset(0, row) + (long)start * Rows.Step(0);
            float* b = Arity < 2 ? null : B + Rows.Offset(1, row) + (long)start * Rows.Step(1);
            float* c = Arity < 3 ? null : C + Rows.Offset(2, row) + (long)start * Rows.Step(2);
            bool unit = Rows.Step(0) == 1 && (Arity < 2 || Rows.Step(1) == 1) && (Arity < 3 || Rows.Step(2) == 1);
            nint aStep = Rows.RowStep(0), bStep = Rows.RowStep(1), cStep = Rows.RowStep(2);
            if (unit && count > 1 && length <= TileLength / 2 && CanJoin(0) && CanJoin(1) && CanJoin(2))
            {
                RunJoined(a, b, c, y, count, length);
                return;
            }
            for (int i = 0; i < count; i++, y += Rows.Length, a += aStep, b += bStep, c += cStep)
            {
                if (unit || length == 1) Apply(a, b, c, y, length);
                else RunScattered(a, b, c, y, length);
            }
        }

        /// <summary>Whether an operand's rows lie one behind the other, or are the same one.</summary>
        private readonly bool CanJoin(int operand) =>
            operand >= Arity || Rows.RowStep(operand) == 0 || Rows.RowStep(operand) == Rows.Length;

        /// <summary>Short rows, some at once: a row that repeats is written as often first.</summary>
        [SkipLocalsInit]
        private readonly void RunJoined(float* a, float* b, float* c, float* y, int count, int length)
        {
            float* tile = stackalloc float[3 * TileLength];
            int rows = Math.Min(count, TileLength / length);
            a = Repeat(0, a, rows, tile);
            b = Repeat(1, b, rows, tile + TileLength);
            c = Repeat(2, c, rows, tile + 2 * TileLength);
            nint aStep = rows * Rows.RowStep(0), bStep = rows * Rows.RowStep(1), cStep = rows * Rows.RowStep(2);
            for (int i = 0; i < count; i += rows, y += rows * length, a += aStep, b += bStep, c += cStep)
                Apply(a, b, c, y, Math.Min(rows, count - i) * length);
        }

        private readonly float* Repeat(int operand, float* row, int rows, float* tile)
        {
            if (operand >= Arity || Rows.RowStep(operand) != 0) return row;
            Span<float> source = new(row, Rows.Length);
            for (int i = 0; i < rows; i++) source.CopyTo(new(tile + i * source.Length, source.Length));
            return tile;
        }

        [SkipLocalsInit]   // the tiles are written before they are read
        private readonly void RunScattered(float* a, float* b, float* c, float* y, int length)
        {
            // Elements that do not lie side by side are first brought together, a tile at a time.
            float* tile = stackalloc float[3 * TileLength];
            for (int done = 0; done < length; done += TileLength)
            {
                int n = Math.Min(TileLength, length - done);
                float* ta = Gather(a, Rows.Step(0), done, n, tile);
                float* tb = Arity < 2 ? null : Gather(b, Rows.Step(1), done, n, tile + TileLength);
                float* tc = Arity < 3 ? null : Gather(c, Rows.Step(2), done, n, tile + 2 * TileLength);
                Apply(ta, tb, tc, y + done, n);
            }
        }

        private static float* Gather(float* source, int step, int first, int n, float* tile)
        {
            if (step == 1) return source + first;
            if (step == 0)
            {
                // Filled once for all tiles of the row, as the value stays the same.
                if (first == 0) new Span<float>(tile, n).Fill(*source);
                return tile;
            }
            source += (long)first * step;
            for (int i = 0; i < n; i++, source += step) tile[i] = *source;
            return tile;
        }

        private readonly void Apply(float* a, float* b, float* c, float* y, int n)
        {
            Span<float> target = new(y, n);
            switch (Arity)
            {
                case 1: Kernels.Unary(UnaryFunction, new(a, n), target, Alpha, Beta); break;
                case 2: Kernels.Binary(BinaryFunction, new(a, n), new(b, n), target); break;
                default: Kernels.Where(new(a, n), new(b, n), new(c, n), target); break;
            }
        }
    }
}
