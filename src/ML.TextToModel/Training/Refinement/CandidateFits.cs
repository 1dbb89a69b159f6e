using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Rows of a table with the networks that candidates made of them, each made once.</summary>
/// <param name="table">The rows.</param>
/// <param name="rng">Decides what candidates draw.</param>
/// <param name="mostLinearRows">Rows that linear candidates need at most, to be compared.</param>
internal sealed class CandidateFits(PreparedTable table, Rng rng, int mostLinearRows = int.MaxValue)
{
    private readonly Dictionary<Candidate, FittedNetwork> _fitted = [];

    /// <summary>The rows.</summary>
    public PreparedTable Table { get; } = table;

    /// <summary>The rows that linear candidates learn from.</summary>
    public FeatureRows LinearRows => field ??= Table.Some(mostLinearRows, Rng.Split("linear"));

    /// <summary>Decides what candidates draw; each splits its own from it.</summary>
    public Rng Rng { get; } = rng;

    /// <summary>The network that a candidate makes of the rows.</summary>
    public FittedNetwork Of(Candidate candidate, CancellationToken cancel)
    {
        if (_fitted.TryGetValue(candidate, out FittedNetwork? fitted)) return fitted;
        cancel.ThrowIfCancellationRequested();
        return _fitted[candidate] = candidate.Fit(this, cancel);
    }

    /// <summary>The network that a candidate made before; null if it did not.</summary>
    public FittedNetwork? Known(Candidate? candidate) =>
        candidate is null ? null : _fitted.GetValueOrDefault(candidate);
}
