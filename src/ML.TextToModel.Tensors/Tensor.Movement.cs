using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

public sealed unsafe partial class Tensor
{
    /// <summary>
    /// The same elements in row-major order under another shape, one of whose sizes may be -1 and is then computed. A
    /// view where this tensor is contiguous, else a copy.
    /// </summary>
    /// <exception cref="ArgumentException">The number of elements would change.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Reshape(params ReadOnlySpan<int> sizes)
    {
        int open = sizes.IndexOf(-1);
        if (open < 0) return Reshape(new Shape(sizes));
        Span<int> solved = stackalloc int[sizes.Length];
        sizes.CopyTo(solved);
        solved[open] = 1;
        int rest = new Shape(solved).ElementCount;
        solved[open] = rest == 0 ? 0 : Count / rest;
        return Reshape(new Shape(solved));
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    public Tensor Reshape(Shape shape)
    {
        if (shape == Shape) return this;
        if (shape.ElementCount != Count)
            throw new ArgumentException($"A tensor of shape {Shape} cannot take the shape {shape}.", nameof(shape));
        Tensor source = Contiguous();
        return source.View(source._offset, shape, shape.ContiguousStrides()).From(Op.Reshape, null, source);
    }

    /// <summary>A view whose axis i is this tensor's axis <c>axes[i]</c>.</summary>
    /// <exception cref="ArgumentException">The axes are not a permutation.</exception>
    public Tensor Permute(params ReadOnlySpan<int> axes)
    {
        if (axes.Length != Shape.Rank)
            throw new ArgumentException($"{axes.Length} axes do not permute the shape {Shape}.", nameof(axes));
        Span<int> sizes = stackalloc int[axes.Length], strides = stackalloc int[axes.Length];
        int seen = 0;
        int[] order = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            order[i] = Shape.Axis(axes[i]);
            seen |= 1 << order[i];
            sizes[i] = Shape[order[i]];
            strides[i] = Strides[order[i]];
        }
        if (seen != (1 << axes.Length) - 1) throw new ArgumentException("An axis is named twice.", nameof(axes));
        return View(_offset, new Shape(sizes), new Shape(strides)).From(Op.Permute, order, this);
    }

    /// <summary>A view with the last two axes exchanged.</summary>
    public Tensor Transpose() => Transpose(-2, -1);

    /// <summary>A view with two axes exchanged.</summary>
    public Tensor Transpose(int first, int second)
    {
        Span<int> axes = stackalloc int[Shape.Rank];
        for (int i = 0; i < axes.Length; i++) axes[i] = i;
        (first, second) = (Shape.Axis(first), Shape.Axis(second));
        (axes[first], axes[second]) = (axes[second], axes[first]);
        return Permute(axes);
    }

    /// <summary>
    /// A view in which axes of length 1 are repeated and missing outer axes are added, to reach a shape.
    /// </summary>
    /// <exception cref="ArgumentException">An axis of another length would have to change.</exception>
    public Tensor Expand(Shape shape)
    {
        if (shape == Shape) return this;
        if (shape.Rank > Shape.Rank)
        {
            Shape aligned = Shape;
            while (aligned.Rank < shape.Rank) aligned = aligned.Insert(0, 1);
            return Reshape(aligned).Expand(shape);
        }
        Span<int> strides = stackalloc int[Shape.Rank];
        for (int i = 0; i < Shape.Rank; i++)
        {
            if (shape.Rank < Shape.Rank || (Shape[i] != shape[i] && Shape[i] != 1))
                throw new ArgumentException($"A tensor of shape {Shape} cannot be expanded to {shape}.", nameof(shape));
            strides[i] = Shape[i] == shape[i] ? Strides[i] : 0;
        }
        return View(_offset, shape, new Shape(strides)).From(Op.Expand, null, this);
    }

    /// <summary>A view of a part: one range per axis, missing ranges standing for whole axes.</summary>
    /// <exception cref="ArgumentException">A range leaves the tensor.</exception>
    public Tensor Slice(params ReadOnlySpan<Range> ranges)
    {
        if (ranges.Length > Shape.Rank)
            throw new ArgumentException($"{ranges.Length} ranges for the shape {Shape}.", nameof(ranges));
        Span<int> sizes = stackalloc int[Shape.Rank];
        int offset = _offset;
        for (int i = 0; i < Shape.Rank; i++)
        {
            (int start, int length) = i < ranges.Length ? ranges[i].GetOffsetAndLength(Shape[i]) : (0, Shape[i]);
            sizes[i] = length;
            offset += start * Strides[i];
        }
        return View(offset, new Shape(sizes), Strides).From(Op.Slice, ranges.ToArray(), this);
    }

    /// <summary>The part of one axis from <paramref name="start"/>, a view.</summary>
    public Tensor Narrow(int axis, int start, int length)
    {
        Range[] ranges = new Range[Shape.Axis(axis) + 1];
        ranges.AsSpan().Fill(Range.All);
        ranges[^1] = start..(start + length);
        return Slice(ranges);
    }

    /// <summary>A copy with zeros put before and after each axis; missing pairs stand for (0, 0).</summary>
    /// <exception cref="ArgumentException">A number is negative, or there are more pairs than axes.</exception>
    public Tensor Pad(params ReadOnlySpan<(int Before, int After)> padding)
    {
        if (padding.Length > Shape.Rank)
            throw new ArgumentException($"{padding.Length} pairs of padding for the shape {Shape}.", nameof(padding));
        Shape shape = Shape;
        for (int i = 0; i < padding.Length; i++)
        {
            (int before, int after) = padding[i];
            if (before < 0 || after < 0)
                throw new ArgumentException($"The padding {padding[i]} of axis {i} is negative.", nameof(padding));
            shape = shape.With(i, checked(Shape[i] + before + after));
        }
        Tensor y = Zeros(shape);
        Movement.CopyInto(this, y, padding);
        return y.From(Op.Pad, padding.ToArray(), this);
    }

    /// <summary>The tensors one behind the other along an axis; their other axes agree.</summary>
    /// <exception cref="ArgumentException">There is no tensor, or other axes differ.</exception>
    public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("There is nothing to put together.", nameof(tensors));
        int at = tensors[0].Shape.Axis(axis), length = 0;
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Shape.Rank != tensors[0].Shape.Rank || tensor.Shape.With(at, 1) != tensors[0].Shape.With(at, 1))
                throw new ArgumentException(
                    $"The shapes {tensors[0].Shape} and {tensor.Shape} differ beside axis {at}.", nameof(tensors));
            length += tensor.Shape[at];
        }
        Tensor y = Empty(tensors[0].Shape.With(at, length));
        Span<(int, int)> padding = stackalloc (int, int)[at + 1];
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            padding[at] = (start, length - start - tensor.Shape[at]);
            Movement.CopyInto(tensor, y, padding);
            start += tensor.Shape[at];
        }
        return y.From(Op.Concat, at, tensors);
    }

    /// <summary>
    /// The entries <c>indices[0], indices[1], …</c> of the first axis; an entry may be taken several times. The array
    /// is not copied: leave it unchanged until the gradients are computed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not in the first axis.</exception>
    public Tensor Gather(params int[] indices)
    {
        Movement.CheckIndices(indices, Shape[0]);
        Tensor y = Empty(Shape.With(0, indices.Length));
        Movement.Gather(Contiguous(), indices, y);
        return y.From(Op.Gather, indices, this);
    }

    /// <summary>
    /// Zeros with <paramref name="length"/> entries on the first axis, to whose entry <c>indices[i]</c> this tensor's
    /// entry i is added. The array is not copied: leave it unchanged until the gradients are computed.
    /// </summary>
    /// <exception cref="ArgumentException">There is not one index per entry.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not below the length.</exception>
    public Tensor ScatterAdd(int[] indices, int length)
    {
        if (indices.Length != Shape[0])
            throw new ArgumentException(
                $"{indices.Length} indices for the {Shape[0]} entries of the shape {Shape}.", nameof(indices));
        Movement.CheckIndices(indices, length);
        Tensor y = Zeros(Shape.With(0, length));
        Movement.ScatterAdd(Contiguous(), indices, y);
        return y.From(Op.ScatterAdd, indices, this);
    }

    /// <summary>
    /// This tensor if its elements lie in row-major order without gaps, else a copy of which that is true.
    /// </summary>
    public Tensor Contiguous()
    {
        if (IsContiguous) return this;
        Tensor y = Empty(Shape);
        Elementwise.Unary(UnaryKernel.Copy, this, y.Pointer);
        return y.From(Op.Affine, 1f, this);
    }

    private Tensor View(int offset, Shape shape, Shape strides)
    {
        CheckScope();
        return new Tensor(Storage, offset, shape, strides);
    }
}
