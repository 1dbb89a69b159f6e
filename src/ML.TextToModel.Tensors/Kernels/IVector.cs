namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// A register of floats. Kernels are written once against this interface and compiled by the runtime for each width;
/// <see cref="Vector1f"/> is the plain float, used for the scalar kernels and for the tails of the others.
/// </summary>
internal unsafe interface IVector<T> where T : unmanaged, IVector<T>
{
    /// <summary>Floats in one register.</summary>
    static abstract int Count { get; }

    static abstract T Load(float* source);

    /// <summary>The first <paramref name="count"/> floats, at least one; the others, zero, are not read.</summary>
    static abstract T LoadFirst(float* source, int count);

    static abstract T Create(float value);

    void Store(float* target);

    /// <summary>Writes the first <paramref name="count"/> floats, at least one.</summary>
    void StoreFirst(float* target, int count);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>a * b + c, rounded once where the processor can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Max(T a, T b);

    static abstract T Min(T a, T b);

    static abstract T Sqrt(T a);

    /// <summary>1 where a is less than b, else 0.</summary>
    static abstract T Less(T a, T b);

    /// <summary>a where the condition is not zero, else b.</summary>
    static abstract T Where(T condition, T a, T b);

    /// <summary>The nearest whole numbers, ties to even.</summary>
    static abstract T Round(T a);

    /// <summary>2 to the power of whole numbers from -126 to 127.</summary>
    static abstract T PowerOfTwo(T wholeNumbers);

    /// <summary>Splits positive normal numbers into mantissa in [0.5, 1) and whole exponent.</summary>
    static abstract (T Mantissa, T Exponent) SplitExponent(T a);

    /// <summary>The sum over the register, in a fixed order.</summary>
    static abstract float Sum(T a);

    /// <summary>The largest value of the register.</summary>
    static abstract float MaxAcross(T a);
}
