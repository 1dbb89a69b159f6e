using System.Numerics;

namespace ML.TextToModel.Tensors.Memory;

/// <summary>
/// Storages that wait to be used again, in classes of capacity a quarter of a power of two apart, so at most a fifth of
/// a buffer is unused. Safe for several threads.
/// </summary>
internal static class BufferPool
{
    private const int SmallestCapacity = 64;

    private static readonly Lock s_lock = new();
    private static readonly Stack<Storage>?[] s_free = new Stack<Storage>?[128];

    /// <summary>A storage for at least <paramref name="count"/> floats with undefined values.</summary>
    public static Storage Rent(int count)
    {
        (int index, int capacity) = Class(count);
        lock (s_lock)
        {
            if (s_free[index] is { Count: > 0 } free) return free.Pop();
        }
        return new Storage(capacity);
    }

    /// <summary>Takes a storage of <see cref="Rent"/> back; tensors over it are invalid from here on.</summary>
    public static void Return(Storage storage)
    {
        storage.Generation++;
        storage.Scope = null;
        storage.Poison();
        (int index, _) = Class(storage.Capacity);
        lock (s_lock)
        {
            (s_free[index] ??= new Stack<Storage>()).Push(storage);
        }
    }

    /// <summary>Leaves all waiting storages to the garbage collector.</summary>
    public static void Clear()
    {
        lock (s_lock)
        {
            Array.Clear(s_free);
        }
    }

    private static (int Index, int Capacity) Class(int count)
    {
        if (count <= SmallestCapacity) return (0, SmallestCapacity);
        int octave = BitOperations.Log2((uint)count - 1) - 6;         // 65 to 128 floats: octave 0
        int step = 1 << (octave + 4);                                 // a quarter of the octave's lower end
        int quarter = (int)(((uint)count - 1 - (64u << octave)) / (uint)step);
        long capacity = (64L << octave) + (quarter + 1L) * step;
        // No array is longer than MaxLength: near that the capacity is the count, and past it allocation fails.
        return (1 + octave * 4 + quarter, (int)Math.Min(capacity, Math.Max(count, Array.MaxLength - 64)));
    }
}
