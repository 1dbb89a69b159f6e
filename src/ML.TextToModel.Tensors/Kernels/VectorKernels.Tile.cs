using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ML.TextToModel.Tensors.Kernels;

// Products and convolutions are made of tiles: rows of one or two registers of C that stay there while the sum runs. A
// broadcast value of A meets each register of B, so a tile of 12 rows of two does 24 multiply-adds for 14 loads.
internal sealed unsafe partial class VectorKernels<T>
{
    private static int TileColumns => 2 * T.Count;

    /// <summary>32 vector registers rather than 16.</summary>
    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>C (rows, columns) = A · B or C += A · B for columns of one panel: at most two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPanel(
        in MatMulTile t, int rows, int columns, float* a, float* b, float* c, bool accumulate)
    {
        bool wide = columns > T.Count;
        for (int row = 0; row < rows;)
        {
            int height = TileHeight(rows - row, wide || t.PackedA);
            int groups = (height + GroupRows(wide) - 1) / GroupRows(wide);
            MatMulTile tile = t.PackedA ? t with { ARow = 1, AStep = height } : t;
            float* aTile = a + row * (t.PackedA ? t.Run : t.ARow);
            float* cTile = c + row * t.CRow;
            Prefetch(height, columns, cTile, t.CRow);
            switch ((wide ? HasManyRegisters ? 4 : 8 : 0) + groups)
            {
                case 1: Tile<Quad<T, NarrowRow<T>>, One>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 2: Tile<Quad<T, NarrowRow<T>>, Two>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 3: Tile<Quad<T, NarrowRow<T>>, Three>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 4: Tile<Quad<T, NarrowRow<T>>, Four>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 5: Tile<Quad<T, WideRow<T>>, One>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 6: Tile<Quad<T, WideRow<T>>, Two>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 7: Tile<Quad<T, WideRow<T>>, Three>(tile, height, columns, aTile, b, cTile, accumulate); break;
                case 9: Tile<Trio<T, WideRow<T>>, One>(tile, height, columns, aTile, b, cTile, accumulate); break;
                default: Tile<Trio<T, WideRow<T>>, Two>(tile, height, columns, aTile, b, cTile, accumulate); break;
            }
            row += height;
        }
    }

    /// <summary>Calls for the cells of a tile ahead of its sums, so that the stores at the end do not wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(int rows, int columns, float* c, nint row)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < rows; i++, c += row)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + columns - 1);
        }
    }

    private static int GroupRows(bool wide) => wide && !HasManyRegisters ? 3 : 4;

    /// <summary>Rows of the next tile: tiles of nearly the same height, 8 + 8 rows, not 12 + 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TileHeight(int rows, bool wide)
    {
        int group = GroupRows(wide);
        int most = wide ? (HasManyRegisters ? 3 : 2) : (HasManyRegisters ? 4 : 3);
        int groups = (rows + group - 1) / group;
        int tiles = (groups + most - 1) / most;
        return Math.Min((groups + tiles - 1) / tiles * group, rows);
    }

    // Where the height of a tile is no multiple of a group's, the last group overlaps the one before: both compute the
    // same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TGroups>(
        in MatMulTile t, int rows, int columns, float* a, float* b, float* c, bool accumulate)
        where TRows : unmanaged, IRows<T> where TGroups : struct, INumber
    {
        TRows g0 = default, g1 = default, g2 = default, g3 = default;
        nint last = Math.Max(rows - TRows.Count, 0);
        nint row1 = Math.Min(TRows.Count, last);
        nint row2 = Math.Min(2 * TRows.Count, last);
        nint row3 = Math.Min(3 * TRows.Count, last);
        var aRows = new RowOffsets(t.ARow, rows);
        nint aStep = t.AStep, bStep = t.BStep;
        for (int segment = 0; segment < t.Segments; segment++)
        {
            float* a0 = a + segment * t.ASegment;
            float* a1 = a0 + row1 * t.ARow;
            float* a2 = a0 + row2 * t.ARow;
            float* a3 = a0 + row3 * t.ARow;
            for (int step = t.Run; step > 0; step--)
            {
                T b0 = T.Load(b);
                T b1 = TRows.Registers > 1 ? T.Load(b + T.Count) : default;
                g0.MultiplyAdd(a0, aRows, b0, b1);
                a0 += aStep;
                if (TGroups.Value > 1) { g1.MultiplyAdd(a1, aRows, b0, b1); a1 += aStep; }
                if (TGroups.Value > 2) { g2.MultiplyAdd(a2, aRows, b0, b1); a2 += aStep; }
                if (TGroups.Value > 3) { g3.MultiplyAdd(a3, aRows, b0, b1); a3 += aStep; }
                b += bStep;
            }
        }

        var cRows = new RowOffsets(t.CRow, rows);
        float* c1 = c + row1 * t.CRow, c2 = c + row2 * t.CRow, c3 = c + row3 * t.CRow;
        if (accumulate)
        {
            g0.Add(c, cRows, columns);
            if (TGroups.Value > 1) g1.Add(c1, cRows, columns);
            if (TGroups.Value > 2) g2.Add(c2, cRows, columns);
            if (TGroups.Value > 3) g3.Add(c3, cRows, columns);
        }
        g0.Store(c, cRows, columns);
        if (TGroups.Value > 1) g1.Store(c1, cRows, columns);
        if (TGroups.Value > 2) g2.Store(c2, cRows, columns);
        if (TGroups.Value > 3) g3.Store(c3, cRows, columns);
    }
}
