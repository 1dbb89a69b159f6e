namespace ML.TextToModel.Tensors.Kernels;

internal abstract unsafe partial class KernelSet
{
    /// <summary>
    /// Rows <paramref name="firstRow"/> to <paramref name="firstRow"/> + <paramref name="rows"/> - 1 of one product of the
    /// batch: C = A · B, or C += A · B.
    /// </summary>
    public abstract void MatMul(in MatrixProductShape s, float* a, float* b, float* c, int firstRow, int rows);
}
