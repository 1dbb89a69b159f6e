using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

public sealed partial class Tensor
{
    /// <summary>
    /// The sum over the given axes, which stay with length 1; over all axes, as a single number, if none is given.
    /// </summary>
    public Tensor Sum(params ReadOnlySpan<int> axes) => Reduce(Op.ReduceSum, axes);

    /// <summary>The mean over the given axes, which stay with length 1; over all axes if none is given.</summary>
    public Tensor Mean(params ReadOnlySpan<int> axes)
    {
        Tensor sum = Sum(axes);
        return sum * ((float)sum.Count / Count);
    }

    /// <summary>
    /// The largest element over the given axes, which stay with length 1; over all axes if none is given. Equal maxima
    /// share the gradient.
    /// </summary>
    public Tensor Max(params ReadOnlySpan<int> axes) => Reduce(Op.ReduceMax, axes);

    /// <summary>The same elements without an axis of length 1.</summary>
    public Tensor Squeeze(int axis) => Shape[axis] == 1
        ? Reshape(Shape.Remove(axis))
        : throw new ArgumentException($"Axis {axis} of the shape {Shape} is longer than 1.", nameof(axis));

    /// <summary>eˣ / Σ eˣ along an axis.</summary>
    public Tensor Softmax(int axis = -1)
    {
        if (Shape.Axis(axis) != Shape.Rank - 1) return Transpose(axis, -1).Softmax().Transpose(axis, -1);
        Tensor x = Contiguous();
        Tensor y = Empty(Shape);
        SoftmaxRows.Forward(x, y);
        return y.From(Op.Softmax, null, x);
    }

    /// <summary>log(softmax(x)) along an axis, without the loss of precision of computing them in turn.</summary>
    public Tensor LogSoftmax(int axis = -1)
    {
        Tensor shifted;
        using (NoGradient()) shifted = Max(axis);   // the shift keeps Exp in range and has no influence on the value
        shifted = this - shifted;
        return shifted - shifted.Exp().Sum(axis).Log();
    }

    /// <summary>
    /// The place of the largest element of each row of the last axis, the first one at ties, row after row.
    /// </summary>
    public int[] ArgMax()
    {
        int columns = Shape[-1];
        int[] places = new int[columns == 0 ? 0 : Count / columns];
        ReadOnlySpan<float> values = Contiguous().AsSpan();
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlySpan<float> row = values.Slice(i * columns, columns);
            int best = 0;
            for (int j = 1; j < columns; j++)
                if (row[j] > row[best]) best = j;
            places[i] = best;
        }
        return places;
    }

    /// <summary>Undoes <see cref="Expand"/>: sums over the axes that were repeated or added.</summary>
    internal Tensor SumTo(Shape shape)
    {
        Span<int> axes = stackalloc int[Shape.Rank];
        int count = 0, added = Shape.Rank - shape.Rank;
        for (int i = 0; i < Shape.Rank; i++)
            if (i < added || (shape[i - added] == 1 && Shape[i] != 1)) axes[count++] = i;
        return (count == 0 ? this : Sum(axes[..count])).Reshape(shape);
    }

    private Tensor Reduce(Op op, ReadOnlySpan<int> axes)
    {
        int reduced = axes.IsEmpty ? (1 << Shape.Rank) - 1 : 0;
        foreach (int axis in axes) reduced |= 1 << Shape.Axis(axis);
        Shape shape = Shape;
        for (int i = 0; i < Shape.Rank; i++)
            if ((reduced >> i & 1) != 0) shape = shape.With(i, 1);
        Tensor y = Empty(shape);
        Reduction.Run(op == Op.ReduceSum, this, reduced, y);
        y = y.From(op, null, this);
        return axes.IsEmpty ? y.Reshape([]) : y;
    }
}
