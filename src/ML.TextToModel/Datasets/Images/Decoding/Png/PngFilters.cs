namespace ML.TextToModel.Datasets.Png;

/// <summary>Undoes the prediction of bytes from their neighbours (PNG, third edition, 9).</summary>
internal static class PngFilters
{
    private const int None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4;

    /// <param name="filter">The filter's number.</param>
    /// <param name="row">The row, changed in place.</param>
    /// <param name="above">The row before, of the same length.</param>
    /// <param name="step">Bytes to the left neighbour.</param>
    /// <returns>Whether there is such a filter.</returns>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        int first = Math.Min(step, row.Length);   // pixels of the first column have zeros to their left
        switch (filter)
        {
            case None:
                return true;
            case Sub:
                for (int i = first; i < row.Length; i++) row[i] += row[i - step];
                return true;
            case Up:
                for (int i = 0; i < row.Length; i++) row[i] += above[i];
                return true;
            case Average:
                for (int i = 0; i < first; i++) row[i] += (byte)(above[i] / 2);
                for (int i = first; i < row.Length; i++) row[i] += (byte)((row[i - step] + above[i]) / 2);
                return true;
            case Paeth:
                for (int i = 0; i < first; i++) row[i] += above[i];
                for (int i = first; i < row.Length; i++) row[i] += Nearest(row[i - step], above[i], above[i - step]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Of the left, upper and upper left neighbour, the one nearest to left + upper - upper left.</summary>
    private static byte Nearest(int left, int up, int corner)
    {
        int fromLeft = Math.Abs(up - corner), fromUp = Math.Abs(left - corner);
        int fromCorner = Math.Abs(left + up - 2 * corner);
        if (fromLeft <= fromUp && fromLeft <= fromCorner) return (byte)left;
        return fromUp <= fromCorner ? (byte)up : (byte)corner;
    }
}
