using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ML.TextToModel.Tensors.Kernels;

// Products and convolutions are made of tiles: up to 12 rows of two registers, or 16 rows of one, that stay in registers
// while the sum runs. A broadcast value of A meets each register of B, so a tile of 12 by 2 does 24 multiply-adds for 14
// loads.
internal sealed unsafe partial class VectorKernels<T>
{
    private static int TileColumns => 2 * T.Count;

    /// <summary>Quads of rows in the highest tile: all sums, two registers of B and one of A must fit into the registers.</summary>
    private static int WideQuads => HasManyRegisters ? 3 : 1;

    private static int NarrowQuads => HasManyRegisters ? 4 : 2;

    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated || !Vector256.IsHardwareAccelerated;

    /// <summary>C (rows, columns) = A · B or C += A · B for columns of one panel: at most two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPanel(
        in MatMulTile t, int rows, int columns, float* a, float* b, float* c, bool accumulate)
    {
        bool wide = columns > T.Count;
        int most = wide ? WideQuads : NarrowQuads;
        for (int row = 0; row < rows;)
        {
            // Tiles of nearly the same height: 8 + 8 rows, not 12 + 4.
            int quads = (rows - row + 3) / 4;
            int tiles = (quads + most - 1) / most;
            quads = (quads + tiles - 1) / tiles;
            int height = Math.Min(4 * quads, rows - row);
            float* aTile = a + row * t.ARow;
            float* cTile = c + row * t.CRow;
            switch (wide ? quads : 4 + quads)
            {
                case 1: MultiplyTile<WideQuad<T>, One>(t, height, columns, aTile, b, cTile, accumulate); break;
                case 2: MultiplyTile<WideQuad<T>, Two>(t, height, columns, aTile, b, cTile, accumulate); break;
                case 3: MultiplyTile<WideQuad<T>, Three>(t, height, columns, aTile, b, cTile, accumulate); break;
                case 5: MultiplyTile<NarrowQuad<T>, One>(t, height, columns, aTile, b, cTile, accumulate); break;
                case 6: MultiplyTile<NarrowQuad<T>, Two>(t, height, columns, aTile, b, cTile, accumulate); break;
                case 7: MultiplyTile<NarrowQuad<T>, Three>(t, height, columns, aTile, b, cTile, accumulate); break;
                default: MultiplyTile<NarrowQuad<T>, Four>(t, height, columns, aTile, b, cTile, accumulate); break;
            }
            row += height;
        }
    }

    // The last quad of a tile whose height is no multiple of four overlaps the one before: both compute the same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TQuad, TQuads>(
        in MatMulTile t, int rows, int columns, float* a, float* b, float* c, bool accumulate)
        where TQuad : unmanaged, IQuad<T> where TQuads : struct, INumber
    {
        TQuad q0 = default, q1 = default, q2 = default, q3 = default;
        nint last = Math.Max(rows - 4, 0);
        nint row1 = Math.Min(4, last), row2 = Math.Min(8, last), row3 = Math.Min(12, last);
        var aRows = new QuadRows(t.ARow, rows);
        var cRows = new QuadRows(t.CRow, rows);
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
                T b1 = TQuad.Registers > 1 ? T.Load(b + T.Count) : default;
                q0.MultiplyAdd(a0, aRows, b0, b1);
                a0 += aStep;
                if (TQuads.Value > 1) { q1.MultiplyAdd(a1, aRows, b0, b1); a1 += aStep; }
                if (TQuads.Value > 2) { q2.MultiplyAdd(a2, aRows, b0, b1); a2 += aStep; }
                if (TQuads.Value > 3) { q3.MultiplyAdd(a3, aRows, b0, b1); a3 += aStep; }
                b += bStep;
            }
        }

        if (accumulate)
        {
            q0.Add(c, cRows, columns);
            if (TQuads.Value > 1) q1.Add(c + row1 * t.CRow, cRows, columns);
            if (TQuads.Value > 2) q2.Add(c + row2 * t.CRow, cRows, columns);
            if (TQuads.Value > 3) q3.Add(c + row3 * t.CRow, cRows, columns);
        }
        q0.Store(c, cRows, columns);
        if (TQuads.Value > 1) q1.Store(c + row1 * t.CRow, cRows, columns);
        if (TQuads.Value > 2) q2.Store(c + row2 * t.CRow, cRows, columns);
        if (TQuads.Value > 3) q3.Store(c + row3 * t.CRow, cRows, columns);
    }
}
