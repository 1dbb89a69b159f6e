using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.MLNet.Tests;

/// <summary>A row of three numbers with labels of every kind.</summary>
internal sealed class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public float Number { get; set; }

    public bool Flag { get; set; }
}

/// <summary>A prediction of a classifier of any number of classes.</summary>
internal sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}

internal static class Data
{
    /// <summary>Rows of classes that lie well apart, in turn.</summary>
    public static Row[] Rows(int count, int classes = 3, ulong seed = 1)
    {
        Rng rng = new(seed);
        float[] noise = new float[3];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int label = i % classes;
            rng.FillNormal(noise);
            float[] features = [label % 5 * 6 + noise[0], label / 5 % 5 * 6 + noise[1], label / 25 * 6 + noise[2]];
            return new Row { Features = features, Label = $"class {label:D3}", Number = label, Flag = label > 0 };
        })];
    }

    public static IDataView View(MLContext context, params Row[] rows) => context.Data.LoadFromEnumerable(rows);

    /// <summary>The values of a column.</summary>
    public static T[] Column<T>(IDataView view, string name)
    {
        List<T> values = [];
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[name]]);
        ValueGetter<T> get = cursor.GetGetter<T>(view.Schema[name]);
        while (cursor.MoveNext())
        {
            T value = default!;
            get(ref value);
            values.Add(value);
        }
        return [.. values];
    }

    /// <summary>The scores of each row.</summary>
    public static float[][] Scores(IDataView view) =>
        [.. Column<VBuffer<float>>(view, "Score").Select(score => score.DenseValues().ToArray())];
}
