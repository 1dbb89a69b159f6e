using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

/// <summary>How many of a component's finished tables a plain learner can learn.</summary>
internal static class Learnability
{
    private const int Neighbours = 5, Rows = 240, Tables = 60;

    /// <summary>
    /// The share of tables in which the five nearest of the first 160 rows label the other 80 better than the most
    /// frequent class does.
    /// </summary>
    public static double ShareAboveMajority(ITableComponent component)
    {
        TablePrior prior = new(new PriorOptions { MaxFeatures = 20 }, [(component, 1)]);
        return Enumerable.Range(0, Tables).Average(
            seed => IsAboveMajority(prior.Draw(new Rng((ulong)seed), Rows)) ? 1.0 : 0);
    }

    public static bool IsAboveMajority(SyntheticTable table)
    {
        int training = table.Rows * 2 / 3;
        float[][] rows = Encode(table);
        int[] labels = table.Labels.ToArray();
        int frequent = Majority(labels[..training]);
        int right = 0, majority = 0;
        for (int i = training; i < table.Rows; i++)
        {
            float[] distances = [.. rows[..training].Select(row => Distance(row, rows[i]))];
            int[] neighbours = labels[..training];
            Array.Sort(distances, neighbours);
            right += Majority(neighbours[..Neighbours]) == labels[i] ? 1 : 0;
            majority += frequent == labels[i] ? 1 : 0;
        }
        return right > majority;
    }

    /// <summary>Standardised numbers, 0 where missing; one column for each category.</summary>
    private static float[][] Encode(SyntheticTable table)
    {
        List<float[]> columns = [];
        for (int j = 0; j < table.Columns; j++)
        {
            float[] column = new float[table.Rows];
            for (int i = 0; i < table.Rows; i++) column[i] = table.Values[i * table.Columns + j];
            for (int k = 0; k < table.Categories[j]; k++) columns.Add([.. column.Select(v => v == k ? 1f : 0f)]);
            if (table.Categories[j] > 0) continue;
            float[] known = [.. column.Where(v => !float.IsNaN(v))];
            double mean = ColumnStatistics.Mean(known), deviation = ColumnStatistics.Deviation(known);
            columns.Add([.. column.Select(v => float.IsNaN(v) ? 0 : (float)((v - mean) / deviation))]);
        }
        return [.. Enumerable.Range(0, table.Rows).Select(i => columns.Select(column => column[i]).ToArray())];
    }

    private static float Distance(float[] a, float[] b)
    {
        float sum = 0;
        for (int j = 0; j < a.Length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    private static int Majority(int[] labels) => labels.CountBy(label => label).MaxBy(pair => pair.Value).Key;
}
