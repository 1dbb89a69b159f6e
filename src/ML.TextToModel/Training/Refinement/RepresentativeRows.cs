using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Chooses few of many rows so that they spread over the table as all do: each class' rows are cut in two along the
/// feature that varies most, again and again, until every cell gives one row. Every row is as likely as the others of
/// its class, as in a draw by chance, but dense and sparse regions get their shares (a k-d tree; Bentley 1975).
/// </summary>
internal static class RepresentativeRows
{
    /// <summary>The chosen rows, in ascending order.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="count">How many to choose, at most all.</param>
    /// <param name="rng">Decides which row of a cell, and on which side a cell that cannot be halved has more.</param>
    public static int[] Choose(FeatureRows rows, int count, Rng rng)
    {
        List<int> chosen = [];
        int[] order = [.. Enumerable.Range(0, rows.Labels.Length).OrderBy(row => rows.Labels[row])];
        double owed = 0;
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first;
            while (end < order.Length && rows.Labels[order[end]] == rows.Labels[order[first]]) end++;
            owed += (end - first) * (double)count / order.Length;
            int own = Math.Clamp((int)Math.Round(owed), Math.Min(1, end - first), end - first);
            owed -= own;
            Cut(rows, order.AsSpan(first, end - first), own, rng, chosen);
        }
        chosen.Sort();
        return [.. chosen];
    }

    private static void Cut(FeatureRows rows, Span<int> cell, int count, Rng rng, List<int> chosen)
    {
        if (count == 0) return;
        if (count == cell.Length)
        {
            chosen.AddRange(cell);
            return;
        }
        if (count == 1)
        {
            chosen.Add(cell[rng.NextInt(0, cell.Length)]);
            return;
        }
        int column = MostVaried(rows, cell), left = count / 2 + rng.NextInt(2) * (count % 2);
        float[] keys = new float[cell.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = rows.Features[cell[i] * rows.Columns + column];
        keys.AsSpan().Sort(cell);
        double place = cell.Length * (double)left / count;
        int cut = Math.Clamp((int)(place + rng.NextDouble()), left, cell.Length - (count - left));
        Cut(rows, cell[..cut], left, rng, chosen);
        Cut(rows, cell[cut..], count - left, rng, chosen);
    }

    private static int MostVaried(FeatureRows rows, ReadOnlySpan<int> cell)
    {
        double[] sums = new double[rows.Columns], squares = new double[rows.Columns];
        foreach (int row in cell)
        {
            ReadOnlySpan<float> own = rows.Features.AsSpan(row * rows.Columns, rows.Columns);
            for (int j = 0; j < own.Length; j++)
            {
                sums[j] += own[j];
                squares[j] += (double)own[j] * own[j];
            }
        }
        int most = 0;
        for (int j = 0; j < sums.Length; j++)
        {
            squares[j] -= sums[j] * sums[j] / cell.Length;
            if (squares[j] > squares[most]) most = j;
        }
        return most;
    }
}
