using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>A register of 256 bits: 8 floats.</summary>
internal readonly unsafe struct Vector256f : IVector<Vector256f>
{
    private readonly Vector256<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256f(Vector256<float> v) => _v = v;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f LoadFirst(float* source, int count)
    {
        if (count >= Count) return Load(source);
        if (Avx.IsSupported) return new(Avx.MaskLoad(source, Mask(count)));
        Vector256<float> v = default;
        for (int i = 0; i < count; i++) v = v.WithElement(i, source[i]);
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _v.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* target, int count)
    {
        if (count >= Count) Store(target);
        else if (Avx.IsSupported) Avx.MaskStore(target, Mask(count), _v);
        else for (int i = 0; i < count; i++) target[i] = _v[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f operator +(Vector256f a, Vector256f b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f operator -(Vector256f a, Vector256f b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f operator *(Vector256f a, Vector256f b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f operator /(Vector256f a, Vector256f b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f MultiplyAdd(Vector256f a, Vector256f b, Vector256f c) =>
        new(Vector256.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Max(Vector256f a, Vector256f b) => new(Vector256.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Min(Vector256f a, Vector256f b) => new(Vector256.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Sqrt(Vector256f a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Less(Vector256f a, Vector256f b) =>
        new(Vector256.LessThan(a._v, b._v) & Vector256.Create(1f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Where(Vector256f condition, Vector256f a, Vector256f b) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(condition._v, Vector256<float>.Zero), b._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f Round(Vector256f a) => new(Vector256.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256f PowerOfTwo(Vector256f wholeNumbers) =>
        new(Vector256.AsSingle((Vector256.ConvertToInt32(wholeNumbers._v) + Vector256.Create(127)) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256f Mantissa, Vector256f Exponent) SplitExponent(Vector256f a)
    {
        Vector256<int> bits = a._v.AsInt32();
        Vector256<int> mantissa = (bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000);
        Vector256<int> exponent = Vector256.ShiftRightLogical(bits, 23) - Vector256.Create(126);
        return (new(mantissa.AsSingle()), new(Vector256.ConvertToSingle(exponent)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256f a) => Vector256.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector256f a)
    {
        float max = a._v[0];
        for (int i = 1; i < Count; i++) max = MathF.Max(max, a._v[i]);
        return max;
    }

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}
