using System.Globalization;
using System.Numerics;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>An emitted network after a brief training on the table's rows.</summary>
internal static class TunedCandidate
{
    private const int RowVisits = 120_000;   // of all epochs together: what a second holds, for small tables far less
    private const int MostEpochs = 60, FewestEpochs = 4;
    private const int SmallestBatch = 16, LargestBatch = 256, StepsOfEpoch = 30;

    /// <summary>Trains <paramref name="start"/>; held-out rows tell how long.</summary>
    public static Candidate Fit(
        Candidate start, PreparedTable table, FeatureRows validation, float rate, ulong seed, Deadline deadline,
        CancellationToken cancel)
    {
        TrainingOptions options = Options(table.Rows.Labels.Length, rate);
        (float[] tuned, int epochs) = FineTuning.Run(
            start.Spec, start.Parameters, table.Rows, validation, options, seed, deadline, cancel);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{start.Name}, {epochs} of {options.Epochs} epochs at {rate:G1}");
        return new Candidate(name, start.Spec, tuned, Again).Validate(validation);

        // The schedule is that of all epochs, left where the held-out rows were best.
        Candidate Again(PreparedTable all)
        {
            Candidate again = start.Again(all);
            float[] parameters = FineTuning.Epochs(
                again.Spec, again.Parameters, all.Rows, Options(all.Rows.Labels.Length, rate) with
                {
                    Epochs = options.Epochs,
                }, epochs, seed, cancel);
            return again with { Name = name, Parameters = parameters };
        }
    }

    private static TrainingOptions Options(int rows, float rate) => new()
    {
        Rate = rate, WarmUp = 0.1,
        Epochs = Math.Clamp(RowVisits / rows, FewestEpochs, MostEpochs),
        BatchSize = (int)BitOperations.RoundUpToPowerOf2(
            (uint)Math.Clamp(rows / StepsOfEpoch, SmallestBatch, LargestBatch)),
    };
}
