using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors;

/// <summary>
/// The sizes of a tensor's axes, outermost first, for example <c>[batch, tokens, width]</c>. A rank of 0 is a single
/// number. At most <see cref="MaxRank"/> axes; sizes may be 0.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The most axes a tensor can have.</summary>
    public const int MaxRank = 6;

    private readonly Sizes _sizes;

    /// <summary>A shape of the given sizes.</summary>
    /// <exception cref="ArgumentException">
    /// A size is negative, or there are more than <see cref="MaxRank"/>.
    /// </exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank)
            throw new ArgumentException($"A shape has at most {MaxRank} axes, not {sizes.Length}.", nameof(sizes));
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0) throw new ArgumentException($"Axis {i} has the negative size {sizes[i]}.", nameof(sizes));
            _sizes[i] = sizes[i];
        }
        Rank = sizes.Length;
    }

    /// <summary>The number of axes.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of the sizes, 1 for rank 0.</summary>
    /// <exception cref="OverflowException">There are more than 2^31 - 1 elements.</exception>
    /// <remarks>
    /// Not called Count, which a collection expression <c>[.. shape]</c> would take for the number of axes.
    /// </remarks>
    public int ElementCount
    {
        get
        {
            int count = 1;
            for (int i = 0; i < Rank; i++) count = checked(count * _sizes[i]);
            return count;
        }
    }

    /// <summary>The size of an axis; negative axes count from the end, -1 being the last.</summary>
    public int this[int axis] => _sizes[Axis(axis)];

    /// <summary>Makes a shape of a collection expression.</summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>Turns an axis that may count from the end into one that counts from the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        int fromStart = axis < 0 ? axis + Rank : axis;
        if ((uint)fromStart >= (uint)Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), $"The shape {this} has no axis {axis}.");
        return fromStart;
    }

    /// <summary>The same shape with another size on one axis.</summary>
    public Shape With(int axis, int size)
    {
        Span<int> sizes = stackalloc int[Rank];
        CopyTo(sizes);
        sizes[Axis(axis)] = size;
        return new Shape(sizes);
    }

    /// <summary>
    /// The shape with a new axis that gets the number <paramref name="axis"/>: 0 puts it first, <see cref="Rank"/>
    /// or -1 last.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis is beyond the last.</exception>
    public Shape Insert(int axis, int size)
    {
        int at = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)at > (uint)Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), $"The shape {this} has no place {axis} for an axis.");
        Span<int> sizes = stackalloc int[Rank + 1];
        for (int i = 0, j = 0; i < sizes.Length; i++) sizes[i] = i == at ? size : _sizes[j++];
        return new Shape(sizes);
    }

    /// <summary>The shape without one axis.</summary>
    public Shape Remove(int axis)
    {
        int at = Axis(axis);
        Span<int> sizes = stackalloc int[Rank - 1];
        for (int i = 0, j = 0; i < Rank; i++)
            if (i != at) sizes[j++] = _sizes[i];
        return new Shape(sizes);
    }

    /// <summary>Copies the sizes.</summary>
    public void CopyTo(Span<int> sizes)
    {
        for (int i = 0; i < Rank; i++) sizes[i] = _sizes[i];
    }

    /// <summary>The sizes as an array.</summary>
    public int[] ToArray()
    {
        int[] sizes = new int[Rank];
        CopyTo(sizes);
        return sizes;
    }

    /// <summary>The strides of a contiguous tensor of this shape, in elements.</summary>
    internal Shape ContiguousStrides()
    {
        Span<int> strides = stackalloc int[Rank];
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(_sizes[i], 1);
        }
        return new Shape(strides);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank) return false;
        for (int i = 0; i < Rank; i++)
            if (_sizes[i] != other._sizes[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        for (int i = 0; i < Rank; i++) hash.Add(_sizes[i]);
        return hash.ToHashCode();
    }

    /// <summary>The sizes in parentheses, for example <c>(2, 3)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", ToArray())})";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two shapes are the same.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    [InlineArray(MaxRank)]
    private struct Sizes
    {
        private int _first;
    }
}
