using System.Numerics;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>
/// A network after a brief training on the table's rows, its learning rate brought down to zero: where a training is
/// left at full rate, one epoch looks better than the next by chance alone.
/// </summary>
/// <param name="start">Makes the network.</param>
/// <param name="epochs">Passes over the rows.</param>
/// <param name="rate">The learning rate of AdamW at its peak.</param>
/// <param name="decay">Its weight decay; a usual one of 0.01 leaves a merged network far too free.</param>
internal sealed class TunedCandidate(
    Candidate start, int epochs, float rate = TunedCandidate.DefaultRate, float decay = TunedCandidate.DefaultDecay)
    : Candidate
{
    private const float DefaultRate = 2e-2f, DefaultDecay = 0.5f;   // docs/decisions/0006
    private const int RowVisits = 300_000;   // of the longest training: about a second
    private const int MostEpochs = 40, FewestEpochs = 3;
    private const int MediumTable = 2_000;   // rows up to which there is time for several trainings
    private const int SmallestBatch = 16, LargestBatch = 256, StepsOfEpoch = 20;

    /// <summary>Epochs that are worth a try for a table of so many rows, the most first.</summary>
    public static IEnumerable<int> Lengths(int rows)
    {
        int longest = Math.Clamp(RowVisits / rows, FewestEpochs, MostEpochs);
        return rows <= MediumTable ? [longest, longest / 3, longest / 9] : [longest];
    }

    /// <inheritdoc/>
    public override string Name => $"{start.Name}, {epochs} epochs";

    /// <inheritdoc/>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        FittedNetwork network = fits.Of(start, cancel);
        FeatureRows rows = fits.Table.Rows;
        TrainingOptions options = new()
        {
            Rate = rate, Decay = decay, WarmUp = 0.1, Epochs = epochs,
            BatchSize = (int)BitOperations.RoundUpToPowerOf2(
                (uint)Math.Clamp(rows.Labels.Length / StepsOfEpoch, SmallestBatch, LargestBatch)),
        };
        ulong seed = fits.Rng.Split("tuning").NextUInt64();
        return network with
        {
            Parameters = FineTuning.Run(network.Spec, network.Parameters, rows, options, seed, cancel),
        };
    }
}
