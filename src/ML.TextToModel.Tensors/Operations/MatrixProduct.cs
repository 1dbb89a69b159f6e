using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Batches of matrix products, cut into parts for <see cref="Workers"/>.</summary>
internal static unsafe class MatrixProduct
{
#if DEBUG
    private const long WorkOfPart = 1 << 8;   // small, so that tests cut even small products into parts
    private const int RowsOfPart = 12;
#else
    private const long WorkOfPart = 1 << 18;   // multiply-adds, about 3 µs: less is not worth a part of its own
    private const int RowsOfPart = 96;
#endif
    private const int RowsOfPartWithLargeB = 288;   // B comes from main memory then, once per part
    private const long LargeB = 1 << 21;
    private const int PartsOfProduct = 16;

    /// <summary>C = A · B, or C += A · B, for each of the batch. C overlaps neither A nor B.</summary>
    public static void Run(in MatrixProductShape shape, float* a, float* b, float* c, KernelSet? kernels = null)
    {
        kernels ??= KernelSet.Current;
        if (shape.Batch == 0 || shape.M == 0 || shape.N == 0) return;
        long work = (long)shape.M * shape.N * Math.Max(shape.K, 1);
        // Products large enough are cut into parts themselves; of others a part does one or some.
        if (work < 4 * WorkOfPart || (shape.Batch >= PartsOfProduct && work < 64 * WorkOfPart))
        {
            int productsOfPart = (int)Math.Clamp(WorkOfPart / work, 1, shape.Batch);
            var job = new SmallProducts(shape, a, b, c, productsOfPart, kernels);
            Workers.Run((shape.Batch + productsOfPart - 1) / productsOfPart, ref job);
            return;
        }
        for (long i = 0; i < shape.Batch; i++)
        {
            RunLarge(shape, a + i * shape.ABatch, b + i * shape.BBatch, c + i * shape.CBatch, kernels);
        }
    }

    /// <summary>
    /// One product, C = A · B or C += A · B, on the calling thread alone: for use inside a part of another job.
    /// </summary>
    public static void RunHere(in MatrixProductShape shape, float* a, float* b, float* c, KernelSet kernels)
    {
        if (shape.M == 0 || shape.N == 0) return;
        new SmallProducts(shape, a, b, c, 1, kernels).Run(0);
    }

    private static void RunLarge(in MatrixProductShape s, float* a, float* b, float* c, KernelSet kernels)
    {
        int rows = (long)s.N * s.K >= LargeB ? RowsOfPartWithLargeB : RowsOfPart;
        int rowBlocks = Parts(s.M, rows);
        int columnBlocks = Math.Clamp(PartsOfProduct / rowBlocks, 1, Parts(s.N, KernelSet.ColumnBlock));
        int columns = RoundUp(Parts(s.N, columnBlocks));
        float* packed = null;
        if (rowBlocks > 1 && kernels.PackedLength(s) is > 0 and long length)
        {
            packed = Scratch.ForCall(length);
            int packedColumns = RoundUp(Parts(s.N, PartsOfProduct));
            var packing = new Packing(s, b, packed, packedColumns, kernels);
            Workers.Run(Parts(s.N, packedColumns), ref packing);
        }
        columnBlocks = Parts(s.N, columns);
        var job = new Blocks(s, a, b, packed, c, rows, columns, columnBlocks, kernels);
        Workers.Run(rowBlocks * columnBlocks, ref job);
    }

    private static int RoundUp(int columns) => Parts(columns, KernelSet.ColumnBlock) * KernelSet.ColumnBlock;

    private static int Parts(int length, int lengthOfPart) => (length + lengthOfPart - 1) / lengthOfPart;

    /// <summary>Some whole products.</summary>
    private readonly struct SmallProducts(
        MatrixProductShape s, float* a, float* b, float* c, int productsOfPart, KernelSet kernels) : IParallelJob
    {
        private readonly MatrixProductShape _s = s;

        public void Run(int part)
        {
            long end = Math.Min(((long)part + 1) * productsOfPart, _s.Batch);
            for (long i = (long)part * productsOfPart; i < end; i++)
            {
                kernels.MatMul(
                    _s, a + i * _s.ABatch, b + i * _s.BBatch, null, c + i * _s.CBatch, 0, _s.M, 0, _s.N);
            }
        }
    }

    private readonly struct Packing(MatrixProductShape s, float* b, float* packed, int columns, KernelSet kernels)
        : IParallelJob
    {
        private readonly MatrixProductShape _s = s;

        public void Run(int part) =>
            kernels.PackColumns(_s, b, packed, part * columns, Math.Min(columns, _s.N - part * columns));
    }

    /// <summary>A block of C of one product.</summary>
    private readonly struct Blocks(
        MatrixProductShape s, float* a, float* b, float* packed, float* c, int rows, int columns, int columnBlocks,
        KernelSet kernels) : IParallelJob
    {
        private readonly MatrixProductShape _s = s;

        public void Run(int part)
        {
            (int rowBlock, int columnBlock) = Math.DivRem(part, columnBlocks);
            int row = rowBlock * rows, column = columnBlock * columns;
            kernels.MatMul(_s, a, b, packed, c,
                row, Math.Min(rows, _s.M - row), column, Math.Min(columns, _s.N - column));
        }
    }
}
