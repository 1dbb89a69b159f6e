using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>
/// The mean of a network with a linear path and a linear one, each at the temperature that suits it: again such a
/// network.
/// </summary>
internal sealed class MeanCandidate(ScoredCandidate network, ScoredCandidate linear) : Candidate
{
    /// <inheritdoc/>
    public override string Name => $"mean of ({network.Candidate.Name}) and ({linear.Candidate.Name})";

    /// <inheritdoc/>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        FittedNetwork mean = fits.Of(network.Candidate, cancel).At(2 * network.Temperature);
        FittedNetwork other = fits.Of(linear.Candidate, cancel).At(2 * linear.Temperature);
        Add("head.weight", "skip.weight");
        Add("head.bias", "head.bias");
        return mean;

        void Add(string source, string target)
        {
            ReadOnlySpan<float> own = other.Spec.Layout[source].Of(other.Parameters.AsSpan());
            Span<float> sum = mean.Spec.Layout[target].Of(mean.Parameters.AsSpan());
            for (int i = 0; i < own.Length; i++) sum[i] += own[i];
        }
    }
}
