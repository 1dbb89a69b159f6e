using System.Globalization;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>A table of the prior, cut into labelled rows and rows to classify, both preprocessed.</summary>
/// <param name="Context">The labelled rows.</param>
/// <param name="Queries">Features of the other rows, one row after the other.</param>
/// <param name="Answers">Their classes.</param>
internal sealed record SyntheticTask(ContextTable Context, float[] Queries, int[] Answers)
{
    private static readonly string[] s_names = Numbers(256);
    private static readonly string[][] s_categories = [.. Enumerable.Range(0, 65).Select(Numbers)];

    /// <summary>Draws a table of so many rows; every class is among the labelled ones.</summary>
    public static SyntheticTask Draw(TablePrior prior, Rng rng, int rows, int queries)
    {
        SyntheticTable table = prior.Draw(rng.Split("table"), rows + queries);
        int[] order = OneOfEachClassFirst(table, rng.Split("order"));
        float[] raw = new float[table.Values.Length];
        int[] labels = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            table.Values.Slice(order[i] * table.Columns, table.Columns).CopyTo(raw.AsSpan(i * table.Columns));
            labels[i] = table.Labels[order[i]];
        }
        TablePreprocessing preprocessing = Preprocessing(table, raw.AsSpan(0, rows * table.Columns));
        int width = preprocessing.Width;
        float[] features = new float[order.Length * width];
        for (int i = 0; i < order.Length; i++)
            preprocessing.Apply(raw.AsSpan(i * table.Columns, table.Columns), features.AsSpan(i * width, width));
        return new(
            new ContextTable(features[..(rows * width)], width, labels[..rows], table.Classes),
            features[(rows * width)..], labels[rows..]);
    }

    private static TablePreprocessing Preprocessing(SyntheticTable table, ReadOnlySpan<float> rows)
    {
        IReadOnlyList<string>?[] categories =
            [.. table.Categories.Select(count => count == 0 ? null : s_categories[count])];
        // What a column of many categories becomes is many features; a batch must not become much wider for one table.
        const int maxFeatures = 100;
        TablePreprocessing all = TablePreprocessing.Fit(s_names[..table.Columns], categories, rows);
        int width = 0;
        return new([.. all.Columns.TakeWhile(column => (width += column.Width) <= maxFeatures)]);
    }

    private static int[] OneOfEachClassFirst(SyntheticTable table, Rng rng)
    {
        int[] order = rng.Permutation(table.Rows);
        bool[] seen = new bool[table.Classes];
        int first = 0;
        for (int i = 0; first < seen.Length && i < order.Length; i++)
        {
            int label = table.Labels[order[i]];
            if (seen[label]) continue;
            seen[label] = true;
            (order[first], order[i]) = (order[i], order[first]);
            first++;
        }
        return order;
    }

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
