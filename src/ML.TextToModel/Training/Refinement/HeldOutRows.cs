using System.Runtime.InteropServices;
using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Compares candidates on rows that they were not made from: on one part of a table's rows, or on every row once, by as
/// many networks as there are parts (cross-validation).
/// </summary>
internal sealed class HeldOutRows
{
    private const int FewestRows = 10;
    private const int LinearRows = 4_000;   // more do not change which penalty is best

    private readonly List<(CandidateFits Fits, FeatureRows HeldOut)> _folds = [];
    private readonly int[] _labels;

    private HeldOutRows(TableSample sample, IEnumerable<int[]> parts, Rng rng)
    {
        foreach (int[] part in parts)
        {
            HashSet<int> heldOut = [.. part];
            TableSample known = sample.Subset([.. Enumerable.Range(0, sample.Rows).Where(r => !heldOut.Contains(r))]);
            PreparedTable table = new(known);
            _folds.Add((new CandidateFits(table, rng, LinearRows), table.Encode(sample.Subset(part))));
        }
        _labels = [.. _folds.SelectMany(fold => fold.HeldOut.Labels)];
    }

    /// <summary>Rows that a network is made from.</summary>
    public int KnownRows => _folds[0].Fits.Table.Sample.Rows;

    /// <summary>Divides the rows; null if there are too few to compare anything.</summary>
    /// <param name="sample">All rows.</param>
    /// <param name="share">The share that is held out at a time, 0 for none.</param>
    /// <param name="crossed">Whether every part of that share is held out in turn.</param>
    /// <param name="rng">Decides the parts, and what candidates draw.</param>
    public static HeldOutRows? Of(TableSample sample, double share, bool crossed, Rng rng)
    {
        if (share == 0) return null;
        int count = crossed ? (int)Math.Round(1 / share) : 1;
        IEnumerable<double> shares = Enumerable.Repeat(crossed ? 1.0 / count : share, count);
        int[][] parts = TableSplit.Stratified(
            sample.Labels, crossed ? [.. shares] : [.. shares, 1 - share], rng.Split("validation"));
        int[] counts = new int[sample.Classes.Count];
        foreach (int label in sample.Labels) counts[label]++;
        // A class must not be held out as a whole.
        int[][] heldOut =
        [
            .. parts.Take(count)
                .Select(part => part.Where(row => KnownOf(sample.Labels[row], part) > 0).ToArray())
                .Where(part => part.Length > 0),
        ];
        return heldOut.Sum(part => part.Length) < FewestRows ? null : new(sample, heldOut, rng);

        int KnownOf(int label, int[] part) => counts[label] - part.Count(row => sample.Labels[row] == label);
    }

    /// <summary>The score of a candidate.</summary>
    public ScoredCandidate Score(Candidate candidate, CancellationToken cancel)
    {
        List<float> logits = [];
        foreach ((CandidateFits fits, FeatureRows heldOut) in _folds)
        {
            FittedNetwork network = fits.Of(candidate, cancel);
            logits.AddRange(FineTuning.Logits(network.Spec, network.Parameters, heldOut));
        }
        ReadOnlySpan<float> all = CollectionsMarshal.AsSpan(logits);
        double temperature = Temperature.Fit(all, _labels);
        return new(candidate, temperature, Temperature.CrossEntropy(all, _labels, 1 / temperature));
    }
}
