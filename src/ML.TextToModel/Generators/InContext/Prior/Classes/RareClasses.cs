using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Sees to it that each class has two rows, so that it can stand on both sides of a split.</summary>
internal static class RareClasses
{
    private const int LeastRows = 2;

    /// <summary>
    /// Gives the rows of smaller classes to the largest class, renumbers the others in random order and returns how
    /// many there are.
    /// </summary>
    public static int Merge(Rng rng, int[] labels, int classes)
    {
        int[] rows = new int[classes];
        foreach (int label in labels) rows[label]++;
        int largest = Array.IndexOf(rows, rows.Max());
        int kept = rows.Count(count => count >= LeastRows);
        int[] order = rng.Permutation(kept), names = new int[classes];
        for (int c = 0, next = 0; c < classes; c++) names[c] = rows[c] >= LeastRows ? order[next++] : -1;
        for (int i = 0; i < labels.Length; i++)
            labels[i] = names[labels[i]] >= 0 ? names[labels[i]] : names[largest];
        return kept;
    }
}
