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

    private readonly (CandidateFits Fits, FeatureRows HeldOut)[] _folds;
    private readonly int[] _labels;

    private HeldOutRows(IEnumerable<(CandidateFits Fits, FeatureRows HeldOut)> folds)
    {
        _folds = [.. folds];
        _labels = [.. _folds.SelectMany(fold => fold.HeldOut.Labels)];
    }

    /// <summary>Rows that a network is made from.</summary>
    public int KnownRows => _folds[0].Fits.Table.Sample.Rows;

    /// <summary>Divides the rows; null if there are too few to compare anything.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="share">The share that is held out at a time, 0 for none.</param>
    /// <param name="most">Parts of that share that are held out in turn, at most; from 1.</param>
    /// <param name="rng">Decides the parts, and what candidates draw.</param>
    public static HeldOutRows? Of(PreparedTable table, double share, int most, Rng rng)
    {
        if (share == 0) return null;
        int[] labels = table.Sample.Labels;
        int all = (int)Math.Round(1 / share), count = Math.Min(most, all);
        double[] shares = count == 1 ? [share, 1 - share] : [.. Enumerable.Repeat(1.0 / all, all)];
        int[][] parts = TableSplit.Stratified(labels, shares, rng.Split("validation"));
        // A class must not be held out as a whole, and what is left must differ in some column.
        (CandidateFits Fits, FeatureRows HeldOut)[] folds =
        [
            .. from part in parts.Take(count)
               let known = Enumerable.Range(0, labels.Length).Except(part).Select(row => labels[row]).ToHashSet()
               let heldOut = part.Where(row => known.Contains(labels[row])).ToArray()
               where heldOut.Length > 0
               let rest = table.Without(heldOut)
               where rest is not null
               select (new CandidateFits(rest, rng, LinearRows), rest.Encode(table.Sample.Subset(heldOut))),
        ];
        return folds.Sum(fold => fold.HeldOut.Labels.Length) < FewestRows ? null : new(folds);
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
