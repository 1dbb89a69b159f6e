using System.Numerics;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>
/// An emitted network after a brief training on the table's rows, its learning rate brought down to zero: where a
/// training is left at full rate, one epoch looks better than the next by chance alone.
/// </summary>
internal static class TunedCandidate
{
    private const float Rate = 5e-3f;
    private const int RowVisits = 100_000;   // of the longest training: under a second
    private const int MostEpochs = 40, FewestEpochs = 3;
    private const int MediumTable = 2_000;   // rows up to which there is time for several trainings
    private const int SmallestBatch = 16, LargestBatch = 256, StepsOfEpoch = 20;

    /// <summary>Epochs that are worth a try for a table of so many rows, the most first.</summary>
    public static IEnumerable<int> Lengths(int rows)
    {
        int longest = Math.Clamp(RowVisits / rows, FewestEpochs, MostEpochs);
        return rows <= MediumTable ? [longest, longest / 3, longest / 9] : [longest];
    }

    /// <summary>Trains <paramref name="start"/> for so many epochs.</summary>
    public static Candidate Fit(
        Candidate start, PreparedTable table, int epochs, ulong seed, CancellationToken cancel)
    {
        int rows = table.Rows.Labels.Length;
        TrainingOptions options = new()
        {
            Rate = Rate, WarmUp = 0.1, Epochs = epochs,
            BatchSize = (int)BitOperations.RoundUpToPowerOf2(
                (uint)Math.Clamp(rows / StepsOfEpoch, SmallestBatch, LargestBatch)),
        };
        float[] tuned = FineTuning.Run(start.Spec, start.Parameters, table.Rows, options, seed, cancel);
        return new Candidate(
            $"{start.Name}, {epochs} epochs", start.Spec, tuned,
            all => Fit(start.Again(all), all, epochs, seed, cancel));
    }
}
