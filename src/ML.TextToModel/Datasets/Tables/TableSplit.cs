using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets;

/// <summary>A seeded partition of labelled rows that keeps the shares of the classes.</summary>
public static class TableSplit
{
    /// <summary>
    /// The parts of a known table by which generators are compared: 60 % to fit to, 20 % to choose settings by, 20 % to
    /// score on.
    /// </summary>
    /// <param name="table">The table's name.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="index">The number of the split, from 0.</param>
    public static int[][] OfProtocol(string table, IReadOnlyList<int> labels, int index) =>
        Stratified(labels, [0.6, 0.2, 0.2], new Rng(1).Split(table).Split($"{index}"));

    /// <summary>
    /// Row indices of each part. Rows of each class are shuffled and dealt out by the shares, rounding so that no part
    /// is a row off over all classes together; each part is in ascending order.
    /// </summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="shares">The share of each part; they sum to 1.</param>
    /// <param name="rng">Decides the order.</param>
    public static int[][] Stratified(IReadOnlyList<int> labels, IReadOnlyList<double> shares, Rng rng)
    {
        // Sorted by class in random order, every row's place tells its part: neighbours are of one class.
        int[] order = [.. rng.Permutation(labels.Count).OrderBy(row => labels[row])];
        List<int>[] parts = [.. shares.Select(_ => new List<int>())];
        double[] owed = new double[shares.Count];
        foreach (int row in order)
        {
            int most = 0;
            for (int part = 0; part < owed.Length; part++)
            {
                owed[part] += shares[part];
                if (owed[part] > owed[most]) most = part;
            }
            owed[most]--;
            parts[most].Add(row);
        }
        return [.. parts.Select(part => part.Order().ToArray())];
    }
}
