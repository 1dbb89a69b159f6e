using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Turns scores into classes. One score is cut into intervals, whose order is that of the classes (as in wine quality)
/// or repeats them; several scores compete, and the largest gives the class.
/// </summary>
internal static class ClassesFromScores
{
    private const double Balanced = 0.4;            // of all tables
    private const double MostImbalance = 1.2;       // deviation of the logarithm of a class's share
    private const double Repeating = 0.15;          // of the tables with one score: a class has several intervals
    private const double Noisy = 0.4, LeastNoise = 0.01, MostNoise = 0.3;   // deviation, of a score's deviation

    /// <summary>Sets the draft's labels; scores are standardised on the way.</summary>
    public static void Apply(Rng rng, TableDraft draft)
    {
        float noise = rng.Chance(Noisy) ? (float)rng.LogUniform(LeastNoise, MostNoise) : 0;
        foreach (float[] score in draft.Scores)
        {
            ColumnMath.Standardise(score);
            if (noise > 0) NormalTable.Add(rng, score, noise);
        }
        double imbalance = rng.Chance(Balanced) ? 0 : rng.NextUniform(0, MostImbalance);
        draft.Labels = draft.Scores.Length == 1
            ? ByThresholds(rng, draft.Scores[0], draft.Classes, imbalance)
            : ByLargest(rng, draft.Scores, imbalance);
    }

    private static int[] ByThresholds(Rng rng, float[] score, int classes, double imbalance)
    {
        int intervals = classes + (rng.Chance(Repeating) ? rng.NextInt(1, classes + 1) : 0);
        double[] shares = rng.Shares(intervals, imbalance);
        float[] sorted = [.. score];
        Array.Sort(sorted);
        int[] labels = new int[score.Length];
        double below = 0;
        for (int c = 0; c < intervals - 1; c++)
        {
            below += shares[c];
            float threshold = sorted[Math.Min((int)(below * sorted.Length), sorted.Length - 1)];
            for (int i = 0; i < labels.Length; i++) labels[i] += score[i] >= threshold ? 1 : 0;
        }
        for (int i = 0; i < labels.Length; i++) labels[i] %= classes;   // beyond the last class they start again
        return labels;
    }

    private static int[] ByLargest(Rng rng, float[][] scores, double imbalance)
    {
        int[] labels = new int[scores[0].Length];
        float[] largest = new float[labels.Length];
        Array.Fill(largest, float.NegativeInfinity);
        for (int c = 0; c < scores.Length; c++)
        {
            float bias = (float)(imbalance * rng.NextNormal());
            float[] score = scores[c];
            for (int i = 0; i < labels.Length; i++)
            {
                if (!(score[i] + bias > largest[i])) continue;
                largest[i] = score[i] + bias;
                labels[i] = c;
            }
        }
        return labels;
    }
}
