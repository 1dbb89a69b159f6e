namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class ScalarKernels
{
    /// <inheritdoc/>
    public override void MatMul(in MatrixProductShape s, float* a, float* b, float* c, int firstRow, int rows)
    {
        for (int i = firstRow; i < firstRow + rows; i++)
        {
            for (int j = 0; j < s.N; j++)
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
