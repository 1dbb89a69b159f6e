using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class VectorKernels<T>
{
#if DEBUG
    private const int MaxRun = 24;   // small, so that tests cross the blocks of the sum often
#else
    private const int MaxRun = 1024;   // the second-level cache holds a panel of B, 128 KB, and 96 rows of A, 384 KB
#endif
    private const int MaxRowsUnpacked = 32;   // fewer rows read B from where it is: packing costs more than it saves
#if DEBUG
    private const int ManyColumns = 40;
#else
    private const int ManyColumns = 256;   // more share the cost of packing A; half do where its rows are scattered
#endif
    private const int MaxDots = 6;   // more rows, or columns, are faster packed

    /// <inheritdoc/>
    public override long PackedLength(in MatrixProductShape s) => IsDots(s) ? 0 : (long)s.K * RoundUp(s.N);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MatMul(
        in MatrixProductShape s, float* a, float* b, float* packed, float* c,
        int firstRow, int rows, int firstColumn, int columns)
    {
        a += (long)firstRow * s.ARow;
        b += (long)firstColumn * s.BColumn;
        c += (long)firstRow * s.CRow + firstColumn;
        if (IsDots(s))
        {
            Dots(s, a, b, c, rows, columns);
            return;
        }
        if (packed != null) packed += (long)firstColumn * s.K;
        bool packA = rows > MaxRowsUnpacked && columns > (s.AColumn == 1 ? ManyColumns : ManyColumns / 2);
        float* scratch = Scratch.ForPart(Math.Min(MaxRun, s.K) * (TileColumns + (packA ? (long)rows : 0)));
        int runs = Math.Max((s.K + MaxRun - 1) / MaxRun, 1);
        for (int i = 0; i < runs; i++)
        {
            int k = (int)((long)s.K * i / runs);
            int run = (int)((long)s.K * (i + 1) / runs) - k;
            float* aRun = a + (long)k * s.AColumn;
            if (packA)
            {
                PackTiles(run, rows, aRun, s.AColumn, s.ARow, scratch + run * TileColumns);
                aRun = scratch + run * TileColumns;
            }
            for (int j = 0; j < columns; j += TileColumns)
            {
                int width = Math.Min(TileColumns, columns - j);
                float* panel = b + (long)k * s.BRow + (long)j * s.BColumn;
                nint step = s.BRow;
                if (packed != null)
                {
                    step = RoundUp(width);
                    panel = packed + (long)j * s.K + k * step;
                }
                else if (s.BColumn != 1 || rows > MaxRowsUnpacked || width % T.Count != 0)
                {
                    step = RoundUp(width);
                    PackPanel(run, width, panel, s.BRow, s.BColumn, scratch);
                    panel = scratch;
                }
                var tile = new MatMulTile(1, run, 0, s.ARow, s.AColumn, step, s.CRow) { PackedA = packA };
                MultiplyPanel(tile, rows, width, aRun, panel, c + j, s.Accumulate || i > 0);
            }
        }
    }

    /// <summary>Columns rounded up to whole registers.</summary>
    private static int RoundUp(int columns) => (columns + T.Count - 1) / T.Count * T.Count;

    /// <summary>Whether cells are best computed one by one: few rows or columns, terms side by side.</summary>
    private static bool IsDots(in MatrixProductShape s) =>
        s.AColumn == 1 && s.BRow == 1 && s.K >= T.Count && (s.M <= MaxDots || s.N <= MaxDots);

    private static void Dots(in MatrixProductShape s, float* a, float* b, float* c, int rows, int columns)
    {
        if (rows <= columns) Dots(s, rows, a, s.ARow, columns, b, s.BColumn, c, s.CRow, 1);
        else Dots(s, columns, b, s.BColumn, rows, a, s.ARow, c, 1, s.CRow);
    }

    /// <summary>Products of a few vectors with many: quads of the many are read once and stay near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots(
        in MatrixProductShape s, int few, float* a, nint aStride, int many, float* b, nint bStride,
        float* c, nint cFew, nint cMany)
    {
        for (int i = 0; i < many; i += 4, b += 4 * bStride)
        {
            int height = Math.Min(4, many - i);
            var rows = new RowOffsets(bStride, height);
            for (int j = 0; j < few; j++)
            {
                float* vector = a + j * aStride;
                LaneQuad<T> sums = default;
                int k = 0;
                for (; k <= s.K - T.Count; k += T.Count) sums.MultiplyAdd(b + k, rows, T.Load(vector + k), T.Count);
                if (k < s.K) sums.MultiplyAdd(b + k, rows, T.LoadFirst(vector + k, s.K - k), s.K - k);
                for (int row = 0; row < height; row++)
                {
                    float* cell = c + j * cFew + (i + row) * cMany;
                    *cell = sums.Sum(row) + (s.Accumulate ? *cell : 0);
                }
            }
        }
    }
}
