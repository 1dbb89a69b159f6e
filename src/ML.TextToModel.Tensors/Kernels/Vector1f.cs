using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>One float, for the scalar kernels and the tails of the others.</summary>
internal readonly unsafe struct Vector1f : IVector<Vector1f>
{
    private readonly float _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector1f(float v) => _v = v;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f LoadFirst(float* source, int count) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => *target = _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* target, int count) => *target = _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f operator +(Vector1f a, Vector1f b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f operator -(Vector1f a, Vector1f b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f operator *(Vector1f a, Vector1f b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f operator /(Vector1f a, Vector1f b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f MultiplyAdd(Vector1f a, Vector1f b, Vector1f c) =>
        new(float.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Max(Vector1f a, Vector1f b) => new(MathF.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Min(Vector1f a, Vector1f b) => new(MathF.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Sqrt(Vector1f a) => new(MathF.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Less(Vector1f a, Vector1f b) => new(a._v < b._v ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Where(Vector1f condition, Vector1f a, Vector1f b) => condition._v == 0 ? b : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f Round(Vector1f a) => new(MathF.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector1f PowerOfTwo(Vector1f wholeNumbers) =>
        new(BitConverter.Int32BitsToSingle(((int)wholeNumbers._v + 127) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector1f Mantissa, Vector1f Exponent) SplitExponent(Vector1f a)
    {
        int bits = BitConverter.SingleToInt32Bits(a._v);
        return (new(BitConverter.Int32BitsToSingle((bits & 0x007FFFFF) | 0x3F000000)), new((bits >>> 23) - 126));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector1f a) => a._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Vector1f a) => a._v;
}
