using System.Globalization;
using System.Text;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Memory;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

/// <summary>
/// A block of 32-bit floats with a shape, and the way it was computed where a gradient may be asked for. Results of
/// operations are new tensors or views; values change in place only through <see cref="AsSpan"/> and optimizers. Reading
/// is safe from several threads; a graph is built and differentiated by one.
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
    public int Count => Shape.Count;

    /// <summary>Whether <see cref="Backward()"/> computes a gradient for this tensor: set it on trainable leaves.</summary>
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
            if (Storage.Generation != _generation)
                throw new ObjectDisposedException(nameof(Tensor), "The scope of this tensor was closed; use TensorScope.Keep.");
            return Storage.Pointer + _offset;
        }
    }

    internal bool NeedsGradient => RequiresGradient || Node is not null;

    /// <summary>A tensor with a copy of <paramref name="values"/> in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.Count)
            throw new ArgumentException($"{values.Length} values do not fill the shape {shape} of {shape.Count}.", nameof(values));
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
        new(TensorScope.Allocate(shape.Count), 0, shape, shape.ContiguousStrides());

    /// <summary>The elements in row-major order, for reading and writing in place.</summary>
    /// <exception cref="InvalidOperationException">The tensor is a view with gaps; call <see cref="Contiguous"/> first.</exception>
    public Span<float> AsSpan()
    {
        if (!IsContiguous)
            throw new InvalidOperationException($"A view of shape {Shape} with strides {Strides} has no span; call Contiguous().");
        return new Span<float>(Pointer, Count);
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
        return *Pointer;
    }

    /// <summary>A new tensor with the same values that no gradient flows through.</summary>
    public Tensor Detach() => new(Storage, _offset, Shape, Strides);

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
        StringBuilder text = new($"f32 {Shape} [");
        float[] values = ToArray();
        text.AppendJoin(", ", values.Take(shown).Select(v => v.ToString("G4", CultureInfo.InvariantCulture)));
        return text.Append(values.Length > shown ? ", …]" : "]").ToString();
    }

    private static bool IsRowMajor(Shape shape, Shape strides)
    {
        int stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] != 1 && strides[i] != stride) return false;
            stride *= shape[i];
        }
        return true;
    }
}
