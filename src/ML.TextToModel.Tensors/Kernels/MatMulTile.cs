namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// How a tile of C = A · B walks through its operands; strides in floats. The sum runs over
/// <paramref name="Segments"/> segments of <paramref name="Run"/> steps: one for a matrix product, one per line of the
/// window for a convolution. B goes on from segment to segment without a jump.
/// </summary>
internal readonly record struct MatMulTile(
    int Segments, int Run, nint ASegment, nint ARow, nint AStep, nint BStep, nint CRow)
{
    /// <summary>A is packed: each tile of its rows holds its columns one after the other.</summary>
    public bool PackedA { get; init; }
}

/// <summary>A number that the compiler of the runtime knows.</summary>
internal interface INumber
{
    static abstract int Value { get; }
}

internal readonly struct One : INumber
{
    public static int Value => 1;
}

internal readonly struct Two : INumber
{
    public static int Value => 2;
}

internal readonly struct Three : INumber
{
    public static int Value => 3;
}

internal readonly struct Four : INumber
{
    public static int Value => 4;
}
