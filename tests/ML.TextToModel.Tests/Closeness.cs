namespace ML.TextToModel.Tests;

/// <summary>Comparison of floats that were computed in different orders.</summary>
internal static class Closeness
{
    /// <summary>Fails unless |actual - expected| ≤ tolerance · max |expected| for each pair.</summary>
    public static void AssertClose(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        foreach (float e in expected) largest = Math.Max(largest, Math.Abs(e));
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs((double)actual[i] - expected[i]) <= tolerance * largest))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}.");
    }
}
