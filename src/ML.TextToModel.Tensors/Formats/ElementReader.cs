using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// Turns stored elements into the numbers a caller asked for. <c>source</c> holds exactly as many packed elements as
/// <c>destination</c> has room for, at any alignment.
/// </summary>
internal static class ElementReader
{
    /// <summary>Elements of type <typeparamref name="TStored"/>, least significant byte first.</summary>
    public static void LittleEndian<TStored, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where T : unmanaged, INumberBase<T>
    {
        if (!BitConverter.IsLittleEndian)
            Reversed<TStored, T>(source, destination);
        else if (typeof(TStored) == typeof(T))
            source.CopyTo(MemoryMarshal.AsBytes(destination));
        else
            Native<TStored, T>(source, destination);
    }

    /// <summary>Elements of type <typeparamref name="TStored"/>, most significant byte first.</summary>
    public static void BigEndian<TStored, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where T : unmanaged, INumberBase<T>
    {
        if (BitConverter.IsLittleEndian)
            Reversed<TStored, T>(source, destination);
        else
            Native<TStored, T>(source, destination);
    }

    /// <summary>One byte an element; every byte but zero is true and becomes one.</summary>
    public static void Boolean<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : INumberBase<T>
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] == 0 ? T.Zero : T.One;
    }

    /// <summary>A bfloat16 is the upper half of a float.</summary>
    public static void BFloat16(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            uint bits = (uint)(source[2 * i] << 16 | source[2 * i + 1] << 24);
            destination[i] = BitConverter.UInt32BitsToSingle(bits);
        }
    }

    private static void Native<TStored, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where T : INumberBase<T>
    {
        int size = Unsafe.SizeOf<TStored>();
        for (int i = 0; i < destination.Length; i++)
            destination[i] = T.CreateTruncating(MemoryMarshal.Read<TStored>(source[(i * size)..]));
    }

    private static void Reversed<TStored, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TStored : unmanaged, INumberBase<TStored>
        where T : INumberBase<T>
    {
        Span<byte> element = stackalloc byte[Unsafe.SizeOf<TStored>()];
        for (int i = 0; i < destination.Length; i++)
        {
            source.Slice(i * element.Length, element.Length).CopyTo(element);
            element.Reverse();
            destination[i] = T.CreateTruncating(MemoryMarshal.Read<TStored>(element));
        }
    }
}
