using System.Collections.Immutable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>One tensor of a safetensors file: its name, type, shape and place, without its elements.</summary>
public sealed class SafetensorsEntry
{
    internal SafetensorsEntry(
        string name, SafetensorsType type, ImmutableArray<int> shape, long offset, long byteLength)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Offset = offset;
        ByteLength = byteLength;
    }

    /// <summary>The tensor's name, unique in the file.</summary>
    public string Name { get; }

    /// <summary>How one element is stored.</summary>
    public SafetensorsType Type { get; }

    /// <summary>The sizes, slowest dimension first (row-major); empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Elements: the product of the sizes; 1 for a scalar, 0 where a size is 0.</summary>
    public long ElementCount => ByteLength / Type.Size();

    /// <summary>Bytes of all elements.</summary>
    public long ByteLength { get; }

    /// <summary>Where the elements begin, in bytes behind the header.</summary>
    internal long Offset { get; }

    /// <summary>Such as <c>conv1.weight F32 (16, 3, 3, 3)</c>.</summary>
    public override string ToString() => $"{Name} {Type} {Printable.Shape(Shape.AsSpan())}";
}
