using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ML.TextToModel.Tensors.Parallel;

/// <summary>
/// Working memory of one operation, kept per thread and used again by the next: it grows to the largest need and then
/// allocates no more. Aligned to 64 bytes. A thread has one block for a call and one for a part, as it may do a part
/// while its own call's block is in use.
/// </summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic] private static float[]? t_call;
    [ThreadStatic] private static float[]? t_part;

    /// <summary>Floats for the calling operation and all its parts, until its thread's next operation.</summary>
    public static float* ForCall(long floats) => Block(ref t_call, floats);

    /// <summary>Floats for a part of an operation, until its thread's next part.</summary>
    public static float* ForPart(long floats) => Block(ref t_part, floats);

    private static float* Block(ref float[]? block, long floats)
    {
        int needed = checked((int)floats + Alignment / sizeof(float));
        if (block is null || block.Length < needed)
            block = GC.AllocateUninitializedArray<float>(Math.Max(needed, 1 << 14), pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(block));
        return (float*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
