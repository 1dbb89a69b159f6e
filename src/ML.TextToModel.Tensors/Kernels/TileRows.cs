using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Kernels;

#pragma warning disable CS0649   // rows are never assigned as a whole: they start at zero and change through their methods

// The sums of a tile. The runtime keeps the fields of these structs in registers through the innermost loop, as long as
// every method here is inlined and the loop is compiled with full optimization.

/// <summary>The sums of one row: one register, or two.</summary>
internal unsafe interface IRow<T> where T : unmanaged, IVector<T>
{
    static abstract int Registers { get; }

    /// <summary>Adds the products of one value of A and as many registers of B as a row has.</summary>
    void MultiplyAdd(float* a, T b0, T b1);

    /// <summary>Adds the first <paramref name="columns"/> values at <paramref name="c"/>.</summary>
    void Add(float* c, int columns);

    void Store(float* c, int columns);
}

internal unsafe struct NarrowRow<T> : IRow<T> where T : unmanaged, IVector<T>
{
    private T _sum;

    public static int Registers => 1;

    public readonly T Sum => _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, T b0, T b1) => _sum = T.MultiplyAdd(T.Create(*a), b0, _sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(T a, T b) => _sum = T.MultiplyAdd(a, b, _sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, int columns) => _sum += T.LoadFirst(c, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, int columns) => _sum.StoreFirst(c, columns);
}

internal unsafe struct WideRow<T> : IRow<T> where T : unmanaged, IVector<T>
{
    private T _first;
    private T _second;

    public static int Registers => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, T b0, T b1)
    {
        T factor = T.Create(*a);
        _first = T.MultiplyAdd(factor, b0, _first);
        _second = T.MultiplyAdd(factor, b1, _second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, int columns)
    {
        _first += T.Load(c);
        _second += T.LoadFirst(c + T.Count, columns - T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, int columns)
    {
        _first.Store(c);
        _second.StoreFirst(c + T.Count, columns - T.Count);
    }
}

/// <summary>Byte offsets of a group's rows from its first; rows that a low tile lacks repeat its last.</summary>
internal readonly struct RowOffsets(nint stride, int rows)
{
    public readonly nint Second = Math.Min(1, rows - 1) * stride * sizeof(float);
    public readonly nint Third = Math.Min(2, rows - 1) * stride * sizeof(float);
    public readonly nint Fourth = Math.Min(3, rows - 1) * stride * sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float* At(float* first, nint offset) => (float*)((byte*)first + offset);
}

/// <summary>The sums of a few neighbouring rows, which one pointer serves.</summary>
internal unsafe interface IRows<T> where T : unmanaged, IVector<T>
{
    static abstract int Count { get; }

    static abstract int Registers { get; }

    void MultiplyAdd(float* a, in RowOffsets rows, T b0, T b1);

    void Add(float* c, in RowOffsets rows, int columns);

    void Store(float* c, in RowOffsets rows, int columns);
}

internal unsafe struct Trio<T, TRow> : IRows<T> where T : unmanaged, IVector<T> where TRow : unmanaged, IRow<T>
{
    private TRow _0;
    private TRow _1;
    private TRow _2;

    public static int Count => 3;

    public static int Registers => TRow.Registers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, in RowOffsets rows, T b0, T b1)
    {
        _0.MultiplyAdd(a, b0, b1);
        _1.MultiplyAdd(RowOffsets.At(a, rows.Second), b0, b1);
        _2.MultiplyAdd(RowOffsets.At(a, rows.Third), b0, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, in RowOffsets rows, int columns)
    {
        _0.Add(c, columns);
        _1.Add(RowOffsets.At(c, rows.Second), columns);
        _2.Add(RowOffsets.At(c, rows.Third), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, in RowOffsets rows, int columns)
    {
        _0.Store(c, columns);
        _1.Store(RowOffsets.At(c, rows.Second), columns);
        _2.Store(RowOffsets.At(c, rows.Third), columns);
    }
}

internal unsafe struct Quad<T, TRow> : IRows<T> where T : unmanaged, IVector<T> where TRow : unmanaged, IRow<T>
{
    private TRow _0;
    private TRow _1;
    private TRow _2;
    private TRow _3;

    public static int Count => 4;

    public static int Registers => TRow.Registers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, in RowOffsets rows, T b0, T b1)
    {
        _0.MultiplyAdd(a, b0, b1);
        _1.MultiplyAdd(RowOffsets.At(a, rows.Second), b0, b1);
        _2.MultiplyAdd(RowOffsets.At(a, rows.Third), b0, b1);
        _3.MultiplyAdd(RowOffsets.At(a, rows.Fourth), b0, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, in RowOffsets rows, int columns)
    {
        _0.Add(c, columns);
        _1.Add(RowOffsets.At(c, rows.Second), columns);
        _2.Add(RowOffsets.At(c, rows.Third), columns);
        _3.Add(RowOffsets.At(c, rows.Fourth), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, in RowOffsets rows, int columns)
    {
        _0.Store(c, columns);
        _1.Store(RowOffsets.At(c, rows.Second), columns);
        _2.Store(RowOffsets.At(c, rows.Third), columns);
        _3.Store(RowOffsets.At(c, rows.Fourth), columns);
    }
}

/// <summary>The sums of four vectors with another, along registers: for dot products and depthwise convolutions.</summary>
internal unsafe struct LaneQuad<T> where T : unmanaged, IVector<T>
{
    private T _0;
    private T _1;
    private T _2;
    private T _3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, in RowOffsets rows, T b, int columns)
    {
        _0 = T.MultiplyAdd(T.LoadFirst(a, columns), b, _0);
        _1 = T.MultiplyAdd(T.LoadFirst(RowOffsets.At(a, rows.Second), columns), b, _1);
        _2 = T.MultiplyAdd(T.LoadFirst(RowOffsets.At(a, rows.Third), columns), b, _2);
        _3 = T.MultiplyAdd(T.LoadFirst(RowOffsets.At(a, rows.Fourth), columns), b, _3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Sum(int row) => T.Sum(row switch { 0 => _0, 1 => _1, 2 => _2, _ => _3 });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, in RowOffsets rows, int columns)
    {
        _0 += T.LoadFirst(c, columns);
        _1 += T.LoadFirst(RowOffsets.At(c, rows.Second), columns);
        _2 += T.LoadFirst(RowOffsets.At(c, rows.Third), columns);
        _3 += T.LoadFirst(RowOffsets.At(c, rows.Fourth), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, in RowOffsets rows, int columns)
    {
        _0.StoreFirst(c, columns);
        _1.StoreFirst(RowOffsets.At(c, rows.Second), columns);
        _2.StoreFirst(RowOffsets.At(c, rows.Third), columns);
        _3.StoreFirst(RowOffsets.At(c, rows.Fourth), columns);
    }
}
