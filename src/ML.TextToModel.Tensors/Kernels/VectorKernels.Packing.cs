using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ML.TextToModel.Tensors.Kernels;

// Packed B: panels of two registers of columns, the last of one or two, filled up with zeros; each panel holds its rows
// one after the other. Packed A: tiles of rows; each tile holds its columns one after the other, so that the innermost
// loop reads one stream, whatever the stride of A: rows a multiple of 4 KB apart, left where they are, would all fall
// into the same sets of the first-level cache.
internal sealed unsafe partial class VectorKernels<T>
{
    private const int TransposedRun = 256;   // what a transposition writes by turns stays in the first-level cache

    /// <inheritdoc/>
    public override void PackColumns(in MatrixProductShape s, float* b, float* packed, int firstColumn, int columns)
    {
        for (int j = firstColumn; j < firstColumn + columns; j += TileColumns)
        {
            int width = Math.Min(TileColumns, firstColumn + columns - j);
            PackPanel(s.K, width, b + (long)j * s.BColumn, s.BRow, s.BColumn, packed + (long)j * s.K);
        }
    }

    /// <summary>Packs <paramref name="rows"/> rows of A, tile after tile, for a run of the sum.</summary>
    private static void PackTiles(int run, int rows, float* a, nint step, nint row, float* packed)
    {
        for (int height; rows > 0; rows -= height, a += height * row, packed += height * run)
        {
            height = TileHeight(rows, wide: true);
            if (height < 4 || (row != 1 && step != 1)) PackScattered(run, height, height, a, step, row, packed);
            else if (step == 1) PackTransposed(run, height, height, a, row, packed);
            else PackQuads(run, height, a, step, packed);
        }
    }

    /// <summary>Rows of at least four floats each, side by side without a gap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackQuads(int rows, int width, float* source, nint row, float* target)
    {
        for (int k = 0; k < rows; k++, source += row, target += width)
        {
            for (int i = 0; i < width - 4; i += 4) Vector128.Load(source + i).Store(target + i);
            Vector128.Load(source + width - 4).Store(target + width - 4);
        }
    }

    private static void PackPanel(int rows, int width, float* source, nint row, nint column, float* panel)
    {
        if (column == 1 && width <= TileColumns) PackRows(rows, width, source, row, panel);
        else if (row == 1 && width >= 4) PackTransposed(rows, width, RoundUp(width), source, column, panel);
        else PackScattered(rows, width, RoundUp(width), source, row, column, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(int rows, int width, float* source, nint row, float* panel)
    {
        if (width > T.Count)
        {
            for (int k = 0; k < rows; k++, source += row, panel += 2 * T.Count)
            {
                T.Load(source).Store(panel);
                T.LoadFirst(source + T.Count, width - T.Count).Store(panel + T.Count);
            }
        }
        else
        {
            for (int k = 0; k < rows; k++, source += row, panel += T.Count) T.LoadFirst(source, width).Store(panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(
        int rows, int width, int panelWidth, float* source, nint column, float* panel)
    {
        if (width < panelWidth)
        {
            T zero = T.Create(0);
            for (int k = 0; k < rows; k++) zero.Store(panel + (k + 1) * panelWidth - T.Count);
        }
        for (int k = 0; k < rows; k += TransposedRun)
        {
            int run = Math.Min(TransposedRun, rows - k);
            for (int i = 0; i < width; i += 4)
            {
                int j = Math.Min(i, width - 4);   // the last four may overlap those before
                Transpose4(run, source + k + j * column, column, panel + k * panelWidth + j, panelWidth);
            }
        }
    }

    private static void PackScattered(
        int rows, int width, int panelWidth, float* source, nint row, nint column, float* panel)
    {
        for (int k = 0; k < rows; k++)
        {
            for (int j = 0; j < panelWidth; j++)
            {
                panel[k * panelWidth + j] = j < width ? source[k * row + j * column] : 0;
            }
        }
    }

    /// <summary>Writes four columns of <paramref name="run"/> floats each as four floats per row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(int run, float* source, nint column, float* target, nint row)
    {
        float* column2 = source + 2 * column;
        int i = 0;
        for (; i <= run - 4; i += 4)
        {
            Vector128<float> a = Vector128.Load(source + i);
            Vector128<float> b = Vector128.Load(source + column + i);
            Vector128<float> c = Vector128.Load(column2 + i);
            Vector128<float> d = Vector128.Load(column2 + column + i);
            Vector128<float> acLow = InterleaveLow(a, c), acHigh = InterleaveHigh(a, c);
            Vector128<float> bdLow = InterleaveLow(b, d), bdHigh = InterleaveHigh(b, d);
            InterleaveLow(acLow, bdLow).Store(target);
            InterleaveHigh(acLow, bdLow).Store(target + row);
            InterleaveLow(acHigh, bdHigh).Store(target + 2 * row);
            InterleaveHigh(acHigh, bdHigh).Store(target + 3 * row);
            target += 4 * row;
        }
        for (; i < run; i++, target += row)
        {
            target[0] = source[i];
            target[1] = source[column + i];
            target[2] = column2[i];
            target[3] = column2[column + i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
}
