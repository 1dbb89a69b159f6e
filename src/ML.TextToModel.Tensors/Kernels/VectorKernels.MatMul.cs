namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class VectorKernels<T>
{
#if DEBUG
    private const int MaxRun = 24;   // small, so that tests cross blocks often
#else
    private const int MaxRun = 256;   // a panel of B is then 32 KB: it stays in the first-level cache
#endif

    /// <inheritdoc/>
    public override long PackedLength(in MatrixProductShape s) => (long)s.K * RoundUp(s.N);

    /// <inheritdoc/>
    public override void MatMul(
        in MatrixProductShape s, float* a, float* b, float* packed, float* c,
        int firstRow, int rows, int firstColumn, int columns)
    {
        float* aBlock = a + (long)firstRow * s.ARow;
        float* cBlock = c + (long)firstRow * s.CRow;
        int runs = Math.Max((s.K + MaxRun - 1) / MaxRun, 1);
        for (int i = 0; i < runs; i++)
        {
            int k = (int)((long)s.K * i / runs);
            int run = (int)((long)s.K * (i + 1) / runs) - k;
            for (int j = firstColumn; j < firstColumn + columns; j += TileColumns)
            {
                int width = Math.Min(TileColumns, firstColumn + columns - j);
                int panelWidth = RoundUp(width);
                var tile = new MatMulTile(1, run, 0, s.ARow, s.AColumn, panelWidth, s.CRow);
                float* panel = packed + (long)j * s.K + (long)k * panelWidth;
                MultiplyPanel(tile, rows, width, aBlock + (long)k * s.AColumn, panel, cBlock + j, s.Accumulate || i > 0);
            }
        }
    }

    /// <summary>Columns rounded up to whole registers.</summary>
    private static int RoundUp(int columns) => (columns + T.Count - 1) / T.Count * T.Count;
}
