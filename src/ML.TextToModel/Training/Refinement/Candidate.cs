using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>A way to make a network of a table's rows, which may make the classifier.</summary>
internal abstract class Candidate
{
    /// <summary>What it is, for the card.</summary>
    public abstract string Name { get; }

    /// <summary>Makes the network.</summary>
    /// <param name="fits">The rows, and what was made of them before.</param>
    /// <param name="cancel">Stops.</param>
    public abstract FittedNetwork Fit(CandidateFits fits, CancellationToken cancel);
}

/// <summary>An architecture with its parameters.</summary>
/// <param name="Spec">The architecture.</param>
/// <param name="Parameters">The parameters in layout order.</param>
internal sealed record FittedNetwork(PModelSpec Spec, float[] Parameters)
{
    /// <summary>The network with logits over the temperature.</summary>
    public FittedNetwork At(double temperature) =>
        this with { Parameters = Temperature.Apply(Spec, Parameters, temperature) };
}

/// <summary>How a candidate did on rows that it was not made from.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Temperature">The temperature that fits those rows best.</param>
/// <param name="Loss">Their cross-entropy at that temperature.</param>
internal sealed record ScoredCandidate(Candidate Candidate, double Temperature, double Loss);
