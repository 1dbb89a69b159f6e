namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class ScalarKernels
{
    /// <inheritdoc/>
    public override long PackedLength(in MatrixProductShape s) => 0;

    /// <inheritdoc/>
    public override void PackColumns(in MatrixProductShape s, float* b, float* packed, int firstColumn, int columns)
    {
        // The product reads B as it is.
    }

    /// <inheritdoc/>
    public override void MatMul(
        in MatrixProductShape s, float* a, float* b, float* packed, float* c,
        int firstRow, int rows, int firstColumn, int columns)
    {
        for (int i = firstRow; i < firstRow + rows; i++)
        {
            for (int j = firstColumn; j < firstColumn + columns; j++)
            {
                float* cell = c + (long)i * s.CRow + j;
                float sum = s.Accumulate ? *cell : 0;
                for (int k = 0; k < s.K; k++)
                {
                    sum += a[(long)i * s.ARow + (long)k * s.AColumn] * b[(long)k * s.BRow + (long)j * s.BColumn];
                }
                *cell = sum;
            }
        }
    }
}
