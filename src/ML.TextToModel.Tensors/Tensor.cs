using System.Globalization;
using System.Text;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Memory;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

/// <summary>
/// A block of 32-bit floats with a shape, and the way it was computed where a gradient may be asked for. Results of
/// operations are new tensors or views; values change in place only through <see cref="AsSpan"/> and optimizers.
/// Reading is safe from several threads; a graph is built and differentiated by one.
/// </summary>
public sealed unsafe partial class Tensor
{
    private readonly int _offset;
    private readonly int _generation;

    internal Tensor(Storage storage, int offset, Shape shape, Shape strides)
    {
        Storage = storage;
        _offset = offset;
        _generation = storage.Generation;
        Shape = shape;
        Strides = strides;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Shape.ElementCount;

    /// <summary>
    /// Whether <see cref="Backward()"/> computes a gradient for this tensor: set it on trainable leaves.
    /// </summary>
    public bool RequiresGradient { get; set; }

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => IsRowMajor(Shape, Strides);

    internal Storage Storage { get; }

    internal Shape Strides { get; }

    internal Node? Node { get; private set; }

    /// <summary>The address of the first element, valid while this tensor is reachable.</summary>
    internal float* Pointer
    {
        get
        {
            CheckScope();
            return Storage.Pointer + _offset;
        }
    }

    internal bool NeedsGradient => RequiresGradient || Node is not null;

    /// <summary>A tensor with a copy of <paramref name="values"/> in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.ElementCount)
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape {shape} of {shape.ElementCount}.", nameof(values));
        Tensor tensor = Empty(shape);
        values.CopyTo(tensor.AsSpan());
        return tensor;
    }

    /// <summary>A one-dimensional tensor with a copy of <paramref name="values"/>.</summary>
    public static Tensor From(params ReadOnlySpan<float> values) => From(values, [values.Length]);

    /// <summary>A tensor whose elements all are <paramref name="value"/>.</summary>
    public static Tensor Full(Shape shape, float value)
    {
        Tensor tensor = Empty(shape);
        tensor.AsSpan().Fill(value);
        return tensor;
    }

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape) => Full(shape, 0);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape) => Full(shape, 1);

    /// <summary>A tensor of draws of the standard normal distribution.</summary>
    public static Tensor Normal(Shape shape, Rng rng)
    {
        Tensor tensor = Empty(shape);
        rng.FillNormal(tensor.AsSpan());
        return tensor;
    }

    /// <summary>A contiguous tensor with undefined values, for operations to write to.</summary>
    internal static Tensor Empty(Shape shape) =>
        new(TensorScope.Allocate(shape.ElementCount), 0, shape, shape.ContiguousStrides());

    /// <summary>The elements in row-major order, for reading and writing in place.</summary>
    /// <exception cref="InvalidOperationException">
    /// The tensor is a view with gaps; call <see cref="Contiguous"/> first.
    /// </exception>
    public Span<float> AsSpan()
    {
        if (!IsContiguous)
            throw new InvalidOperationException(
                $"A view of shape {Shape} with strides {Strides} has no span; call Contiguous().");
        CheckScope();
        return Count == 0 ? [] : Storage.Span(_offset, Count);   // an empty slice may start behind the end
    }

    /// <summary>A copy of the elements in row-major order.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the elements in row-major order.</summary>
    public void CopyTo(Span<float> target)
    {
        if (IsContiguous)
        {
            AsSpan().CopyTo(target);
            return;
        }
        fixed (float* y = target[..Count]) Elementwise.Unary(UnaryKernel.Copy, this, y);
    }

    /// <summary>The only element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item()
    {
        if (Count != 1) throw new InvalidOperationException($"A tensor of shape {Shape} is not a single number.");
        CheckScope();
        return Storage.Span(_offset, 1)[0];
    }

    /// <summary>A new tensor with the same values that no gradient flows through.</summary>
    public Tensor Detach() => View(_offset, Shape, Strides);

    /// <summary>A copy of the values in memory of its own, outside any scope, that no gradient flows through.</summary>
    public Tensor Clone()
    {
        Tensor copy = new(new Storage(Math.Max(Count, 1)), 0, Shape, Shape.ContiguousStrides());
        CopyTo(copy.AsSpan());
        return copy;
    }

    /// <summary>Shape and first values, for example <c>f32 (2, 3) [0.12, -0.4, …]</c>.</summary>
    public override string ToString()
    {
        const int shown = 6;
        if (Storage.Generation != _generation) return $"f32 {Shape} of a closed scope";
        StringBuilder text = new($"f32 {Shape} [");
        StridedRows rows = new(Shape, Strides);
        for (int i = 0; i < Math.Min(shown, Count); i++)
        {
            (int row, int column) = Math.DivRem(i, rows.Length);
            float value = Storage.Span(_offset + (int)rows.Offset(0, row) + column * rows.Step(0), 1)[0];
            text.Append(i == 0 ? "" : ", ").Append(value.ToString("G4", CultureInfo.InvariantCulture));
        }
        return text.Append(Count > shown ? ", …]" : "]").ToString();
    }

    /// <summary>Throws if the memory went back to the pool.</summary>
    internal void CheckScope()
    {
        if (Storage.Generation != _generation)
            throw new ObjectDisposedException(
                nameof(Tensor), "The scope of this tensor was closed; use TensorScope.Keep.");
    }

    private static bool IsRowMajor(Shape shape, Shape strides)
    {
        if (shape.ElementCount == 0) return true;
        int stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] != 1 && strides[i] != stride) return false;
            stride *= shape[i];
        }
        return true;
    }
}
