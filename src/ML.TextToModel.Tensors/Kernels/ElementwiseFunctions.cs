using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>A function of one number, written for a register of any width.</summary>
internal interface IUnaryFunction
{
    static abstract T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T>;
}

/// <summary>A function of two numbers, written for a register of any width.</summary>
internal interface IBinaryFunction
{
    static abstract T Apply<T>(T a, T b) where T : unmanaged, IVector<T>;
}

internal readonly struct Affine : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => T.MultiplyAdd(x, alpha, beta);
}

/// <summary>
/// exp(x) = 2^n · exp(r) with n = round(x / ln 2) and, for |r| ≤ ln 2 / 2, the polynomial of degree 6 with the smallest
/// largest relative error that begins 1 + r + r² / 2; within 1.25 ulp.
/// </summary>
internal readonly struct Exp : IUnaryFunction
{
    private const float Log2E = 1.44269504088896341f;
    private const float Ln2High = 0.693359375f;            // ln 2 in two parts, so that n * Ln2High is exact
    private const float Ln2Low = -2.12194440054690583e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T>
    {
        // Beyond ±104 the result is 0 or infinity in any case; the bound keeps both powers of two below in range.
        x = T.Min(T.Max(x, T.Create(-104)), T.Create(104));
        T n = T.Round(x * T.Create(Log2E));
        T r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);
        T p = T.Create(0.0013863756f);
        p = T.MultiplyAdd(p, r, T.Create(0.00836751f));
        p = T.MultiplyAdd(p, r, T.Create(0.041667238f));
        p = T.MultiplyAdd(p, r, T.Create(0.16666535f));
        p = T.MultiplyAdd(p, r, T.Create(0.5f));
        p = T.MultiplyAdd(p, r, T.Create(1));
        p = T.MultiplyAdd(p, r, T.Create(1));
        // 2^n in two factors, as n may lie outside the exponents of normal numbers.
        T half = T.Round(n * T.Create(0.5f));
        return p * T.PowerOfTwo(half) * T.PowerOfTwo(n - half);
    }
}

/// <summary>
/// log(x) = e · ln 2 + log(m) with m in [√½, √2) and the series of 2 · artanh((m - 1) / (m + 1)); within 2 ulp.
/// </summary>
internal readonly struct Log : IUnaryFunction
{
    private const float SmallestNormal = 1.17549435e-38f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T>
    {
        T zero = T.Create(0);
        T one = T.Create(1);
        T subnormal = T.Less(x, T.Create(SmallestNormal));
        T scaled = T.Where(subnormal, x * T.Create(8388608), x);            // 2^23
        (T m, T e) = T.SplitExponent(scaled);
        e -= T.Where(subnormal, T.Create(23), zero);
        T low = T.Less(m, T.Create(0.70710678f));
        m = T.Where(low, m + m, m);
        e -= low;
        T s = (m - one) / (m + one);
        T z = s * s;
        T p = T.Create(2f / 11);
        p = T.MultiplyAdd(p, z, T.Create(2f / 9));
        p = T.MultiplyAdd(p, z, T.Create(2f / 7));
        p = T.MultiplyAdd(p, z, T.Create(2f / 5));
        p = T.MultiplyAdd(p, z, T.Create(2f / 3));
        T log = T.MultiplyAdd(
            e, T.Create(0.693359375f), T.MultiplyAdd(e, T.Create(-2.12194440e-4f), s * z * p) + (s + s));
        log = T.Where(T.Less(x, T.Create(float.PositiveInfinity)), log, x);           // infinity and NaN stay
        log = T.Where(T.Less(zero, x), log, T.Create(float.NegativeInfinity));
        return T.Where(T.Less(x, zero), T.Create(float.NaN), T.Where(T.Less(zero, x) + T.Less(x, one), log, x));
    }
}

internal readonly struct Sqrt : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => T.Sqrt(x);
}

internal readonly struct Reciprocal : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => T.Create(1) / x;
}

internal readonly struct Relu : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => T.Max(x, T.Create(0));
}

internal readonly struct Clamp : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => T.Min(T.Max(x, alpha), beta);
}

internal readonly struct Sigmoid : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> =>
        T.Create(1) / (T.Create(1) + Exp.Apply(T.Create(0) - x, alpha, beta));
}

/// <summary>
/// Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016): ½x(1 + tanh u) = x · σ(2u) with
/// u = √(2/π) · (x + 0.044715 x³).
/// </summary>
internal readonly struct Gelu : IUnaryFunction
{
    private const float TwiceRootTwoOverPi = 1.59576912160573071f;
    private const float Cubic = 0.044715f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x, T alpha, T beta) where T : unmanaged, IVector<T> => x * Gate(x);

    /// <summary>σ(2u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gate<T>(T x) where T : unmanaged, IVector<T>
    {
        T twiceU = T.Create(TwiceRootTwoOverPi) * x * T.MultiplyAdd(x * x, T.Create(Cubic), T.Create(1));
        return Sigmoid.Apply(twiceU, default, default);
    }

    /// <summary>The derivative of 2u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GateSlope<T>(T x) where T : unmanaged, IVector<T> =>
        T.Create(TwiceRootTwoOverPi) * T.MultiplyAdd(x * x, T.Create(3 * Cubic), T.Create(1));
}

internal readonly struct Add : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => a + b;
}

internal readonly struct Multiply : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => a * b;
}

internal readonly struct Max : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => T.Max(a, b);
}

internal readonly struct Less : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => T.Less(a, b);
}

internal readonly struct ReluGradient : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => 
        T.Where(T.Less(T.Create(0), a), b, T.Create(0));
}

internal readonly struct SigmoidGradient : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T> => a * (T.Create(1) - a) * b;
}

internal readonly struct GeluGradient : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b) where T : unmanaged, IVector<T>
    {
        T gate = Gelu.Gate(a);
        return b * T.MultiplyAdd(a * gate * (T.Create(1) - gate), Gelu.GateSlope(a), gate);
    }
}
