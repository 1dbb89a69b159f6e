namespace ML.TextToModel.Tensors.Tests;

/// <summary>Comparison of floats that were computed in different orders.</summary>
internal static class Closeness
{
    /// <summary>
    /// Fails unless |actual - expected| ≤ tolerance · max(scale, |expected|) over all the expected, for each pair:
    /// small elements of a gradient are sums of large terms, so an error relative to each says nothing. Infinities and
    /// NaN must be the same.
    /// </summary>
    public static void AssertClose(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what, double scale = 0)
    {
        Assert.True(expected.Length == actual.Length,
            $"{what}: {actual.Length} numbers in place of {expected.Length}.");
        double largest = scale;
        foreach (float e in expected)
            if (float.IsFinite(e)) largest = Math.Max(largest, Math.Abs(e));
        for (int i = 0; i < expected.Length; i++)
        {
            double e = expected[i], a = actual[i];
            bool same = double.IsFinite(e) ? Math.Abs(a - e) <= tolerance * largest : e.Equals(a);
            Assert.True(same,
                $"{what}: element {i} is {a:R}, not {e:R}; "
                + $"{Math.Abs(a - e) / largest:G3} off, {tolerance:G3} allowed.");
        }
    }

    /// <summary>Fails unless all bits are the same.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.True(expected.Length == actual.Length,
            $"{what}: {actual.Length} numbers in place of {expected.Length}.");
        for (int i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}.");
    }

    /// <summary>How far a float is from the exact value, in units of the last place of the nearest float.</summary>
    public static double UlpError(double exact, float value)
    {
        if (double.IsNaN(exact)) return float.IsNaN(value) ? 0 : double.PositiveInfinity;
        float nearest = (float)exact;
        if (nearest == value) return float.IsInfinity(nearest) ? 0 : Error();
        return float.IsInfinity(nearest) || nearest == 0 || !float.IsFinite(value) ? double.PositiveInfinity : Error();

        double Error()
        {
            float size = MathF.Abs(nearest), next = MathF.BitIncrement(size);
            double ulp = float.IsInfinity(next) ? size - (double)MathF.BitDecrement(size) : (double)next - size;
            return Math.Abs(value - exact) / ulp;
        }
    }
}
