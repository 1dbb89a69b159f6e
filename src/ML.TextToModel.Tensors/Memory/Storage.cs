using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Memory;

/// <summary>
/// The floats behind one or more tensors: a pinned array, so that kernels may use its address, starting at a multiple
/// of 64 bytes, so that registers load whole cache lines.
/// </summary>
internal sealed unsafe class Storage
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _first;

    public Storage(int capacity)
    {
        Capacity = capacity;
        _array = GC.AllocateUninitializedArray<float>(capacity + Alignment / sizeof(float), pinned: true);
        float* start = (float*)Unsafe.AsPointer(ref _array[0]);
        Pointer = (float*)(((nint)start + Alignment - 1) & -Alignment);
        _first = (int)(Pointer - start);
        Poison();
    }

    /// <summary>Floats that fit.</summary>
    public int Capacity { get; }

    /// <summary>The first float. Valid as long as this object is reachable.</summary>
    public float* Pointer { get; }

    /// <summary>A part of the floats; unlike <see cref="Pointer"/>, the span keeps them reachable.</summary>
    public Span<float> Span(int offset, int count) => _array.AsSpan(_first + offset, count);

    /// <summary>
    /// Rises each time the storage goes back to the pool, so that a tensor of the past is recognised.
    /// </summary>
    public int Generation { get; set; }

    /// <summary>The scope that will take the storage back, or null where the garbage collector does.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>
    /// In debug builds: makes it visible if somebody reads what was not written, or what was given back.
    /// </summary>
    [Conditional("DEBUG")]
    public void Poison() => _array.AsSpan().Fill(float.NaN);
}
