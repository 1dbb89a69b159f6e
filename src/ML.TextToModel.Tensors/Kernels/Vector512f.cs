using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>A register of 512 bits: 16 floats.</summary>
internal readonly unsafe struct Vector512f : IVector<Vector512f>
{
    private readonly Vector512<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512f(Vector512<float> v) => _v = v;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f LoadFirst(float* source, int count)
    {
        if (count >= Count) return Load(source);
        if (Avx512F.IsSupported) return new(Avx512F.MaskLoad(source, Mask(count), Vector512<float>.Zero));
        Vector512<float> v = default;
        for (int i = 0; i < count; i++) v = v.WithElement(i, source[i]);
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _v.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* target, int count)
    {
        if (count >= Count) Store(target);
        else if (Avx512F.IsSupported) Avx512F.MaskStore(target, Mask(count), _v);
        else for (int i = 0; i < count; i++) target[i] = _v[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f operator +(Vector512f a, Vector512f b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f operator -(Vector512f a, Vector512f b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f operator *(Vector512f a, Vector512f b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f operator /(Vector512f a, Vector512f b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f MultiplyAdd(Vector512f a, Vector512f b, Vector512f c) =>
        new(Vector512.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Max(Vector512f a, Vector512f b) => new(Vector512.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Min(Vector512f a, Vector512f b) => new(Vector512.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Sqrt(Vector512f a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Less(Vector512f a, Vector512f b) =>
        new(Vector512.LessThan(a._v, b._v) & Vector512.Create(1f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Where(Vector512f condition, Vector512f a, Vector512f b) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(condition._v, Vector512<float>.Zero), b._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f Round(Vector512f a) => new(Vector512.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512f PowerOfTwo(Vector512f wholeNumbers) =>
        new(Vector512.AsSingle((Vector512.ConvertToInt32(wholeNumbers._v) + Vector512.Create(127)) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512f Mantissa, Vector512f Exponent) SplitExponent(Vector512f a)
    {
        Vector512<int> bits = a._v.AsInt32();
        Vector512<int> mantissa = (bits & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F000000);
        Vector512<int> exponent = Vector512.ShiftRightLogical(bits, 23) - Vector512.Create(126);
        return (new(mantissa.AsSingle()), new(Vector512.ConvertToSingle(exponent)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512f a) => Vector512.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector512f a)
    {
        float max = a._v[0];
        for (int i = 1; i < Count; i++) max = MathF.Max(max, a._v[i]);
        return max;
    }

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
