using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>Byte offsets of the four rows of a quad from its first; rows that a small tile lacks repeat its last.</summary>
internal readonly struct QuadRows(nint stride, int rows)
{
    public readonly nint Second = Math.Min(1, rows - 1) * stride * sizeof(float);
    public readonly nint Third = Math.Min(2, rows - 1) * stride * sizeof(float);
    public readonly nint Fourth = Math.Min(3, rows - 1) * stride * sizeof(float);
}

/// <summary>
/// The sums of four rows of C, in registers. The runtime keeps the fields of these structs in registers through the
/// innermost loop, as long as every method here is inlined and the loop is compiled with full optimization.
/// </summary>
internal unsafe interface IQuad<T> where T : unmanaged, IVector<T>
{
    /// <summary>Registers in each row.</summary>
    static abstract int Registers { get; }

    /// <summary>Adds the products of one value of A per row with one register, or two, of B.</summary>
    void MultiplyAdd(float* a, in QuadRows rows, T b0, T b1);

    /// <summary>Adds the rows of C.</summary>
    void Add(float* c, in QuadRows rows, int columns);

    void Store(float* c, in QuadRows rows, int columns);
}

/// <summary>Four rows of one register.</summary>
internal unsafe struct NarrowQuad<T> : IQuad<T> where T : unmanaged, IVector<T>
{
    private T _0;
    private T _1;
    private T _2;
    private T _3;

    public static int Registers => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, in QuadRows rows, T b0, T b1)
    {
        _0 = T.MultiplyAdd(T.Create(*a), b0, _0);
        _1 = T.MultiplyAdd(T.Create(*Row(a, rows.Second)), b0, _1);
        _2 = T.MultiplyAdd(T.Create(*Row(a, rows.Third)), b0, _2);
        _3 = T.MultiplyAdd(T.Create(*Row(a, rows.Fourth)), b0, _3);
    }

    /// <summary>Adds the products of one register of A per row with one of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAddRows(float* a, in QuadRows rows, T b, int columns)
    {
        _0 = T.MultiplyAdd(T.LoadFirst(a, columns), b, _0);
        _1 = T.MultiplyAdd(T.LoadFirst(Row(a, rows.Second), columns), b, _1);
        _2 = T.MultiplyAdd(T.LoadFirst(Row(a, rows.Third), columns), b, _2);
        _3 = T.MultiplyAdd(T.LoadFirst(Row(a, rows.Fourth), columns), b, _3);
    }

    /// <summary>The sum of one row over its register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Sum(int row) => T.Sum(row switch { 0 => _0, 1 => _1, 2 => _2, _ => _3 });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, in QuadRows rows, int columns)
    {
        _0 += T.LoadFirst(c, columns);
        _1 += T.LoadFirst(Row(c, rows.Second), columns);
        _2 += T.LoadFirst(Row(c, rows.Third), columns);
        _3 += T.LoadFirst(Row(c, rows.Fourth), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, in QuadRows rows, int columns)
    {
        _0.StoreFirst(c, columns);
        _1.StoreFirst(Row(c, rows.Second), columns);
        _2.StoreFirst(Row(c, rows.Third), columns);
        _3.StoreFirst(Row(c, rows.Fourth), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Row(float* first, nint offset) => (float*)((byte*)first + offset);
}

/// <summary>Four rows of two registers.</summary>
internal unsafe struct WideQuad<T> : IQuad<T> where T : unmanaged, IVector<T>
{
    private T _00;
    private T _01;
    private T _10;
    private T _11;
    private T _20;
    private T _21;
    private T _30;
    private T _31;

    public static int Registers => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, in QuadRows rows, T b0, T b1)
    {
        MultiplyAdd(a, b0, b1, ref _00, ref _01);
        MultiplyAdd(Row(a, rows.Second), b0, b1, ref _10, ref _11);
        MultiplyAdd(Row(a, rows.Third), b0, b1, ref _20, ref _21);
        MultiplyAdd(Row(a, rows.Fourth), b0, b1, ref _30, ref _31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* c, in QuadRows rows, int columns)
    {
        AddRow(c, columns, ref _00, ref _01);
        AddRow(Row(c, rows.Second), columns, ref _10, ref _11);
        AddRow(Row(c, rows.Third), columns, ref _20, ref _21);
        AddRow(Row(c, rows.Fourth), columns, ref _30, ref _31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* c, in QuadRows rows, int columns)
    {
        StoreRow(_00, _01, c, columns);
        StoreRow(_10, _11, Row(c, rows.Second), columns);
        StoreRow(_20, _21, Row(c, rows.Third), columns);
        StoreRow(_30, _31, Row(c, rows.Fourth), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(float* a, T b0, T b1, ref T sum0, ref T sum1)
    {
        T factor = T.Create(*a);
        sum0 = T.MultiplyAdd(factor, b0, sum0);
        sum1 = T.MultiplyAdd(factor, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(float* c, int columns, ref T sum0, ref T sum1)
    {
        sum0 += T.Load(c);
        sum1 += T.LoadFirst(c + T.Count, columns - T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(T first, T second, float* c, int columns)
    {
        first.Store(c);
        second.StoreFirst(c + T.Count, columns - T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Row(float* first, nint offset) => (float*)((byte*)first + offset);
}
