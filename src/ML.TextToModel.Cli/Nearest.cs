namespace ML.TextToModel.Cli;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean 'name'?", or nothing where no name is near.</summary>
    public static string Hint(string typed, IEnumerable<string> names) =>
        Find(typed, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The name with the fewest edits, at most a third of what was typed; null where there is none.</summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        (string? best, int fewest) = (null, Math.Max(1, typed.Length / 3) + 1);
        foreach (string name in names)
        {
            int edits = Edits(typed.ToLowerInvariant(), name.ToLowerInvariant());
            if (edits < fewest) (best, fewest) = (name, edits);
        }
        return best;
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Edits(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replace, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                edits[i, j] = swapped ? Math.Min(best, edits[i - 2, j - 2] + 1) : best;
            }
        }
        return edits[a.Length, b.Length];
    }
}
