using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>A register of 128 bits: 4 floats.</summary>
internal readonly unsafe struct Vector128f : IVector<Vector128f>
{
    private readonly Vector128<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128f(Vector128<float> v) => _v = v;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f LoadFirst(float* source, int count)
    {
        if (count >= Count) return Load(source);
        if (Avx.IsSupported) return new(Avx.MaskLoad(source, Mask(count)));
        Vector128<float> v = default;
        for (int i = 0; i < count; i++) v = v.WithElement(i, source[i]);
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Create(float value) => new(Vector128.Create(value));

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
    public static Vector128f operator +(Vector128f a, Vector128f b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f operator -(Vector128f a, Vector128f b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f operator *(Vector128f a, Vector128f b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f operator /(Vector128f a, Vector128f b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f MultiplyAdd(Vector128f a, Vector128f b, Vector128f c) =>
        new(Vector128.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Max(Vector128f a, Vector128f b) => new(Vector128.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Min(Vector128f a, Vector128f b) => new(Vector128.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Sqrt(Vector128f a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Less(Vector128f a, Vector128f b) =>
        new(Vector128.LessThan(a._v, b._v) & Vector128.Create(1f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Where(Vector128f condition, Vector128f a, Vector128f b) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(condition._v, Vector128<float>.Zero), b._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f Round(Vector128f a) => new(Vector128.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128f PowerOfTwo(Vector128f wholeNumbers) =>
        new(Vector128.AsSingle((Vector128.ConvertToInt32(wholeNumbers._v) + Vector128.Create(127)) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128f Mantissa, Vector128f Exponent) SplitExponent(Vector128f a)
    {
        Vector128<int> bits = a._v.AsInt32();
        Vector128<int> mantissa = (bits & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F000000);
        Vector128<int> exponent = Vector128.ShiftRightLogical(bits, 23) - Vector128.Create(126);
        return (new(mantissa.AsSingle()), new(Vector128.ConvertToSingle(exponent)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128f a) => Vector128.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector128f a)
    {
        float max = a._v[0];
        for (int i = 1; i < Count; i++) max = MathF.Max(max, a._v[i]);
        return max;
    }

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mask(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
