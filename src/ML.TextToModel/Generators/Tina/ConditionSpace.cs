using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// How the vector of a text becomes a condition: minus the mean of the known classes' vectors, which says nothing of a
/// class, times a factor.
/// </summary>
/// <param name="Mean">The mean vector.</param>
/// <param name="Factor">
/// Brings what is left of the known classes' vectors to a mean length of <see cref="Size"/>.
/// </param>
internal sealed record ConditionSpace(float[] Mean, float Factor)
{
    /// <summary>The mean length of the known classes' conditions.</summary>
    public const double Size = 2;

    /// <summary>The space of some vectors.</summary>
    /// <param name="vectors">One vector after the other.</param>
    /// <param name="length">The length of one.</param>
    public static ConditionSpace Of(ReadOnlySpan<float> vectors, int length)
    {
        int count = vectors.Length / length;
        float[] mean = new float[length];
        for (int i = 0; i < vectors.Length; i++) mean[i % length] += vectors[i] / count;
        double sum = 0;
        for (int row = 0; row < count; row++)
        {
            double squares = 0;
            for (int j = 0; j < length; j++) squares += Math.Pow(vectors[row * length + j] - mean[j], 2);
            sum += Math.Sqrt(squares);
        }
        return new(mean, sum > 0 ? (float)(Size * count / sum) : 1);
    }

    /// <summary>Turns vectors, one after the other, into conditions, in place.</summary>
    public void Apply(Span<float> vectors)
    {
        for (int i = 0; i < vectors.Length; i++) vectors[i] = (vectors[i] - Mean[i % Mean.Length]) * Factor;
    }
}
