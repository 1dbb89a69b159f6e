using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets;

/// <summary>A seeded partition of labelled rows that keeps the shares of the classes.</summary>
public static class TableSplit
{
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
