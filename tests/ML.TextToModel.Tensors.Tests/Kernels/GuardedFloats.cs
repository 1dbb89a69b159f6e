namespace ML.TextToModel.Tensors.Tests.Kernels;

/// <summary>
/// Pinned floats between margins of NaN: a kernel that reads beyond the ends and uses what it read gives NaN, and one
/// that writes there is found by <see cref="AssertMarginsUntouched"/>.
/// </summary>
internal sealed unsafe class GuardedFloats
{
    private const int Margin = 64;
    private readonly float[] _array;

    public GuardedFloats(long length)
    {
        Length = (int)length;
        _array = GC.AllocateUninitializedArray<float>(Length + 2 * Margin, pinned: true);
        Array.Fill(_array, float.NaN);
    }

    public int Length { get; }

    public float* Pointer => (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_array, Margin);

    public Span<float> Span => _array.AsSpan(Margin, Length);

    public static GuardedFloats Random(long length, ulong seed)
    {
        var floats = new GuardedFloats(length);
        var rng = new Rng(seed);
        rng.FillUniform(floats.Span, -1, 1);
        return floats;
    }

    public GuardedFloats Copy()
    {
        var copy = new GuardedFloats(Length);
        Span.CopyTo(copy.Span);
        return copy;
    }

    public void AssertMarginsUntouched()
    {
        for (int i = 0; i < Margin; i++)
        {
            if (!float.IsNaN(_array[i]) || !float.IsNaN(_array[^(i + 1)])) Assert.Fail("A kernel wrote beyond its output.");
        }
    }
}
