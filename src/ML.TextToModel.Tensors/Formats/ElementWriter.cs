using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>Stores numbers as packed elements of another type, or of the same, least significant byte first.</summary>
internal static class ElementWriter
{
    private const int ElementsAtOnce = 1 << 16;

    /// <summary>Converts to <typeparamref name="TStored"/>, rounding to the nearest and ties to even.</summary>
    public static void LittleEndian<T, TStored>(ReadOnlySpan<T> source, Stream destination)
        where T : unmanaged, INumberBase<T>
        where TStored : unmanaged, INumberBase<TStored>
    {
        bool asItIs = BitConverter.IsLittleEndian && typeof(T) == typeof(TStored);
        TStored[] buffer = ArrayPool<TStored>.Shared.Rent(ElementsAtOnce);
        while (!source.IsEmpty)
        {
            ReadOnlySpan<T> part = source[..Math.Min(ElementsAtOnce, source.Length)];
            destination.Write(asItIs ? MemoryMarshal.AsBytes(part) : Convert(part, buffer));
            source = source[part.Length..];
        }
        ArrayPool<TStored>.Shared.Return(buffer);
    }

    private static ReadOnlySpan<byte> Convert<T, TStored>(ReadOnlySpan<T> source, TStored[] buffer)
        where T : unmanaged, INumberBase<T>
        where TStored : unmanaged, INumberBase<TStored>
    {
        for (int i = 0; i < source.Length; i++) buffer[i] = TStored.CreateTruncating(source[i]);
        Span<byte> bytes = MemoryMarshal.AsBytes(buffer.AsSpan(0, source.Length));
        int size = Unsafe.SizeOf<TStored>();
        for (int i = 0; !BitConverter.IsLittleEndian && i < bytes.Length; i += size) bytes.Slice(i, size).Reverse();
        return bytes;
    }
}
