using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>How features of a backbone are standardised before a head that was emitted for standardised ones.</summary>
/// <param name="Mean">The mean of each feature.</param>
/// <param name="Deviation">The deviation of each feature, above 0.</param>
internal sealed record FeatureScale(float[] Mean, float[] Deviation)
{
    /// <summary>None, for tables.</summary>
    public static FeatureScale None { get; } = new([], []);

    /// <summary>That of the features of some images, in several parts.</summary>
    /// <param name="length">Features of an image.</param>
    /// <param name="parts">(images, length) each.</param>
    public static FeatureScale Of(int length, IReadOnlyList<float[]> parts)
    {
        FeaturePreprocessing fitted = FeaturePreprocessing.Fit(
            [.. Enumerable.Range(0, length).Select(i => $"{i}")], parts.SelectMany(part => part).ToArray());
        return new([.. fitted.Mean], [.. fitted.Deviation]);
    }

    /// <summary>Standardised features.</summary>
    public float[] Apply(ReadOnlySpan<float> features)
    {
        float[] scaled = new float[features.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (features[i] - Mean[i % Mean.Length]) / Deviation[i % Mean.Length];
        return scaled;
    }

    /// <summary>The same head for features as they are: W / σ, and b - W μ / σ.</summary>
    public void Fold(LinearSpec spec, Span<float> parameters)
    {
        Span<float> weight = spec.Layout.Slots[0].Of(parameters), bias = spec.Layout.Slots[1].Of(parameters);
        for (int c = 0; c < spec.Classes; c++)
        {
            double offset = 0;
            for (int i = 0; i < spec.Inputs; i++)
            {
                ref float value = ref weight[c * spec.Inputs + i];
                value /= Deviation[i];
                offset += value * Mean[i];
            }
            bias[c] -= (float)offset;
        }
    }

    /// <summary>Undoes <see cref="Fold"/>.</summary>
    public void Unfold(LinearSpec spec, Span<float> parameters)
    {
        Span<float> weight = spec.Layout.Slots[0].Of(parameters), bias = spec.Layout.Slots[1].Of(parameters);
        for (int c = 0; c < spec.Classes; c++)
        {
            double offset = 0;
            for (int i = 0; i < spec.Inputs; i++)
            {
                ref float value = ref weight[c * spec.Inputs + i];
                offset += value * Mean[i];
                value *= Deviation[i];
            }
            bias[c] += (float)offset;
        }
    }
}
