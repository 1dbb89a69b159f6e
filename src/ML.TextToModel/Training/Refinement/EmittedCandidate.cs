using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Networks that a generator emits at the sight of the rows, merged into one.</summary>
/// <param name="emit">Emits one network.</param>
/// <param name="members">Networks to merge, each with other codes and, of many rows, other ones.</param>
/// <param name="contextRows">Rows that the generator looks at, at most.</param>
internal sealed class EmittedCandidate(
    Func<ContextTable, Rng, (MlpSpec Spec, float[] Parameters)> emit, int members, int contextRows) : Candidate
{
    /// <inheritdoc/>
    public override string Name => "in-context";

    /// <inheritdoc/>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        List<float[]> emitted = [];
        MlpSpec spec = null!;
        for (int member = 0; member < members; member++)
        {
            cancel.ThrowIfCancellationRequested();
            Rng own = fits.Rng.Split((ulong)member);
            (spec, float[] parameters) = emit(fits.Table.Context(contextRows, own.Split("rows")), own);
            emitted.Add(parameters);
        }
        (MlpSpec merged, float[] mean) = MlpEnsemble.Merge(spec, emitted);
        return new(merged, mean);
    }
}
