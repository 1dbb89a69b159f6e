using System.Collections.Immutable;
using System.Numerics;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// A tensor to be written: a name, a shape, and elements in row-major order that stay the caller's and must not change
/// until <see cref="SafetensorsWriter"/> has returned.
/// </summary>
public sealed class SafetensorsTensor
{
    private SafetensorsTensor(
        string name, SafetensorsType type, ReadOnlySpan<int> shape, int elements, Action<Stream> writeElements)
    {
        SafetensorsName.Check(name, nameof(name));
        if (name == SafetensorsName.Metadata)
            throw new ArgumentException($"The name {name} is reserved for the metadata.", nameof(name));
        if (shape.Length > SafetensorsLimits.Dimensions)
            throw new ArgumentException(
                $"Tensor {name} has {shape.Length} dimensions; a file stores up to {SafetensorsLimits.Dimensions}.",
                nameof(shape));
        foreach (int size in shape)
            if (size < 0) throw new ArgumentException($"Tensor {name} has the negative size {size}.", nameof(shape));
        if (!PackedSize.TryGet(shape, type.Size(), out long bytes) || bytes != (long)elements * type.Size())
            throw new ArgumentException(
                $"Tensor {name} has {elements:N0} elements, other than its shape {Printable.Shape(shape)} holds.",
                nameof(shape));

        Name = name;
        Type = type;
        Shape = [.. shape];
        ByteLength = bytes;
        WriteElements = writeElements;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>How one element is stored.</summary>
    public SafetensorsType Type { get; }

    /// <summary>The sizes, slowest dimension first; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    internal long ByteLength { get; }

    internal Action<Stream> WriteElements { get; }

    /// <summary>Floats, stored as they are.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public static SafetensorsTensor Float32(
        string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape) =>
        Create<float, float>(name, SafetensorsType.F32, values, shape);

    /// <summary>
    /// Floats, stored in half precision: rounded to the nearest, ties to even; 65,520 and more becomes an infinity.
    /// </summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public static SafetensorsTensor Float16(
        string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape) =>
        Create<float, Half>(name, SafetensorsType.F16, values, shape);

    /// <summary>32-bit integers.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public static SafetensorsTensor Int32(string name, ReadOnlyMemory<int> values, params ReadOnlySpan<int> shape) =>
        Create<int, int>(name, SafetensorsType.I32, values, shape);

    /// <summary>64-bit integers.</summary>
    /// <inheritdoc cref="UInt8" path="/exception"/>
    public static SafetensorsTensor Int64(string name, ReadOnlyMemory<long> values, params ReadOnlySpan<int> shape) =>
        Create<long, long>(name, SafetensorsType.I64, values, shape);

    /// <summary>Bytes.</summary>
    /// <exception cref="ArgumentException">
    /// The name is too long, reserved or not Unicode; or the shape has a negative size, too many dimensions, or does
    /// not hold as many elements as are given.
    /// </exception>
    public static SafetensorsTensor UInt8(string name, ReadOnlyMemory<byte> values, params ReadOnlySpan<int> shape) =>
        Create<byte, byte>(name, SafetensorsType.U8, values, shape);

    private static SafetensorsTensor Create<T, TStored>(
        string name, SafetensorsType type, ReadOnlyMemory<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged, INumberBase<T>
        where TStored : unmanaged, INumberBase<TStored> =>
        new(name, type, shape, values.Length, stream => ElementWriter.LittleEndian<T, TStored>(values.Span, stream));
}
