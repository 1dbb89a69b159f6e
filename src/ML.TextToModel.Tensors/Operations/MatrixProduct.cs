using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Batches of matrix products, cut into parts for <see cref="Workers"/>.</summary>
internal static unsafe class MatrixProduct
{
    private const int RowsOfPart = 96;

    /// <summary>C = A · B, or C += A · B, for each of the batch. The operands must not overlap C.</summary>
    public static void Run(in MatrixProductShape shape, float* a, float* b, float* c, KernelSet? kernels = null)
    {
        int blocks = (shape.M + RowsOfPart - 1) / RowsOfPart;
        var job = new Job(shape, a, b, c, blocks, kernels ?? KernelSet.Current);
        Workers.Run(shape.Batch * blocks, ref job);
    }

    private readonly struct Job(MatrixProductShape s, float* a, float* b, float* c, int blocks, KernelSet kernels)
        : IParallelJob
    {
        private readonly MatrixProductShape _s = s;
        private readonly float* _a = a;
        private readonly float* _b = b;
        private readonly float* _c = c;

        public void Run(int part)
        {
            (int batch, int block) = Math.DivRem(part, blocks);
            int row = block * RowsOfPart;
            kernels.MatMul(_s, _a + batch * _s.ABatch, _b + batch * _s.BBatch, _c + batch * _s.CBatch,
                row, Math.Min(RowsOfPart, _s.M - row));
        }
    }
}
