namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class VectorKernels<T>
{
    private static readonly ScalarKernels s_scalar = new();

    /// <inheritdoc/>
    public override void MatMul(in MatrixProductShape s, float* a, float* b, float* c, int firstRow, int rows)
    {
        if (s.BColumn != 1)
        {
            s_scalar.MatMul(s, a, b, c, firstRow, rows);
            return;
        }
        for (int i = firstRow; i < firstRow + rows; i++)
        {
            float* row = c + (long)i * s.CRow;
            if (!s.Accumulate) new Span<float>(row, s.N).Clear();
            for (int k = 0; k < s.K; k++)
            {
                float factor = a[(long)i * s.ARow + (long)k * s.AColumn];
                float* source = b + (long)k * s.BRow;
                int j = 0;
                T factors = T.Create(factor);
                for (; j <= s.N - T.Count; j += T.Count) T.MultiplyAdd(factors, T.Load(source + j), T.Load(row + j)).Store(row + j);
                for (; j < s.N; j++) row[j] = float.MultiplyAddEstimate(factor, source[j], row[j]);
            }
        }
    }
}
