using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>The mean of a network with a linear path and a linear one: again such a network.</summary>
internal static class MeanCandidate
{
    /// <summary>Merges them, each at the temperature that suits it.</summary>
    public static Candidate Of(Candidate network, Candidate linear, FeatureRows validation) =>
        Merge(network, network.Temperature, linear, linear.Temperature).Validate(validation);

    private static Candidate Merge(Candidate network, double temperature, Candidate linear, double linearTemperature)
    {
        MlpSpec spec = (MlpSpec)network.Spec;
        float[] parameters = Temperature.Apply(spec, network.Parameters, 2 * temperature);
        float[] others = Temperature.Apply(linear.Spec, linear.Parameters, 2 * linearTemperature);
        Add("head.weight", "skip.weight");
        Add("head.bias", "head.bias");
        return new($"mean of ({network.Name}) and ({linear.Name})", spec, parameters, all =>
            Merge(network.Again(all), temperature, linear.Again(all), linearTemperature));

        void Add(string source, string target)
        {
            ReadOnlySpan<float> own = linear.Spec.Layout[source].Of(others.AsSpan());
            Span<float> sum = spec.Layout[target].Of(parameters.AsSpan());
            for (int i = 0; i < own.Length; i++) sum[i] += own[i];
        }
    }
}
