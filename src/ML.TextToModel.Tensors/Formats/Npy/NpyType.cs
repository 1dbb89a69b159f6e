using System.Buffers;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>An element type of an npy file: its name there, its size in bytes, and how it becomes a float.</summary>
internal sealed record NpyType(string Name, int Size, ReadOnlySpanAction<byte, Span<float>> Read)
{
    /// <summary>Every type that is read; the first sign of a name is the byte order.</summary>
    public static IReadOnlyList<NpyType> All { get; } =
    [
        new("<f2", 2, ElementReader.LittleEndian<Half, float>),
        new("<f4", 4, ElementReader.LittleEndian<float, float>),
        new("<f8", 8, ElementReader.LittleEndian<double, float>),
        new(">f4", 4, ElementReader.BigEndian<float, float>),
        new(">f8", 8, ElementReader.BigEndian<double, float>),
        new("<i4", 4, ElementReader.LittleEndian<int, float>),
        new("<i8", 8, ElementReader.LittleEndian<long, float>),
        new("|u1", 1, ElementReader.LittleEndian<byte, float>),
        new("|b1", 1, ElementReader.Boolean),
    ];

    /// <summary>NumPy's name of pickled objects, with or without a byte order and a size.</summary>
    public static bool IsObject(string name) => name.TrimStart('|', '<', '>', '=').StartsWith('O');
}
