using System.Buffers;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>The element types of a safetensors file, named as in the file; all are stored little-endian.</summary>
public enum SafetensorsType
{
    /// <summary>True or false, one byte.</summary>
    BOOL,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>8-bit float with 5 exponent and 2 mantissa bits; readable as bytes only.</summary>
    F8_E5M2,

    /// <summary>8-bit float with 4 exponent and 3 mantissa bits; readable as bytes only.</summary>
    F8_E4M3,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>The upper 16 bits of an <see cref="F32"/>.</summary>
    BF16,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>Unsigned 64-bit integer; readable as bytes only.</summary>
    U64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>IEEE 754 double precision.</summary>
    F64,
}

/// <summary>Size and readers of each element type.</summary>
internal static class SafetensorsTypes
{
    /// <summary>Every element type by its name in the file.</summary>
    public static IReadOnlyDictionary<string, SafetensorsType> ByName { get; } =
        Enum.GetValues<SafetensorsType>().ToDictionary(type => type.ToString());

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsType type) => type switch
    {
        SafetensorsType.BOOL or SafetensorsType.U8 or SafetensorsType.I8 => 1,
        SafetensorsType.F8_E5M2 or SafetensorsType.F8_E4M3 => 1,
        SafetensorsType.U16 or SafetensorsType.I16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.U32 or SafetensorsType.I32 or SafetensorsType.F32 => 4,
        SafetensorsType.U64 or SafetensorsType.I64 or SafetensorsType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };

    /// <summary>Reads the type as floats; null where it is no float type.</summary>
    public static ReadOnlySpanAction<byte, Span<float>>? SingleReader(this SafetensorsType type) => type switch
    {
        SafetensorsType.F16 => ElementReader.LittleEndian<Half, float>,
        SafetensorsType.BF16 => ElementReader.BFloat16,
        SafetensorsType.F32 => ElementReader.LittleEndian<float, float>,
        SafetensorsType.F64 => ElementReader.LittleEndian<double, float>,
        _ => null,
    };

    /// <summary>Reads the type as whole numbers; null where it is no integer, or exceeds a long.</summary>
    public static ReadOnlySpanAction<byte, Span<long>>? Int64Reader(this SafetensorsType type) => type switch
    {
        SafetensorsType.BOOL => ElementReader.Boolean,
        SafetensorsType.U8 => ElementReader.LittleEndian<byte, long>,
        SafetensorsType.I8 => ElementReader.LittleEndian<sbyte, long>,
        SafetensorsType.U16 => ElementReader.LittleEndian<ushort, long>,
        SafetensorsType.I16 => ElementReader.LittleEndian<short, long>,
        SafetensorsType.U32 => ElementReader.LittleEndian<uint, long>,
        SafetensorsType.I32 => ElementReader.LittleEndian<int, long>,
        SafetensorsType.I64 => ElementReader.LittleEndian<long, long>,
        _ => null,
    };
}
