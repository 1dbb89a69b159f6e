using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>
/// How to walk up to three operands of one shape and any strides side by side: axes that lie one behind the other in
/// all operands are merged; the last remaining axis is the row that kernels see, the others are counted.
/// </summary>
internal struct StridedRows
{
    private const int Operands = 3;

    private Axes _sizes;
    private OperandAxes _strides;
    private int _outerRank;

    public StridedRows(Shape shape, params ReadOnlySpan<Shape> strides)
    {
        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1) continue;
            bool merges = rank > 0;
            for (int o = 0; o < strides.Length && merges; o++)
                merges = _strides[o * Shape.MaxRank + rank - 1] == strides[o][axis] * shape[axis];
            if (!merges) rank++;
            _sizes[rank - 1] = merges ? _sizes[rank - 1] * shape[axis] : shape[axis];
            for (int o = 0; o < strides.Length; o++) _strides[o * Shape.MaxRank + rank - 1] = strides[o][axis];
        }
        if (rank == 0) _sizes[rank++] = 1;   // a single number: one row of length 1
        _outerRank = rank - 1;
        Length = _sizes[_outerRank];
        Rows = shape.ElementCount == 0 ? 0 : shape.ElementCount / Length;
    }

    /// <summary>Elements of a row.</summary>
    public int Length { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The step from one element of a row to the next.</summary>
    public readonly int Step(int operand) => _strides[operand * Shape.MaxRank + _outerRank];

    /// <summary>Rows from this one on, itself included, that lie <see cref="RowStep"/> apart.</summary>
    public readonly int Neighbours(int row) =>
        _outerRank == 0 ? 1 : _sizes[_outerRank - 1] - row % _sizes[_outerRank - 1];

    /// <summary>The step from one row to its neighbour.</summary>
    public readonly int RowStep(int operand) =>
        _outerRank == 0 ? 0 : _strides[operand * Shape.MaxRank + _outerRank - 1];

    /// <summary>Where a row of an operand starts.</summary>
    public readonly long Offset(int operand, int row)
    {
        long offset = 0;
        for (int axis = _outerRank - 1; axis >= 0; axis--)
        {
            row = Math.DivRem(row, _sizes[axis], out int index);
            offset += (long)index * _strides[operand * Shape.MaxRank + axis];
        }
        return offset;
    }

    [InlineArray(Shape.MaxRank)]
    private struct Axes
    {
        private int _first;
    }

    [InlineArray(Operands * Shape.MaxRank)]
    private struct OperandAxes
    {
        private int _first;
    }
}
