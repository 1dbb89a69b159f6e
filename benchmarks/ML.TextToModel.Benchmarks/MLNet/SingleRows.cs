using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.MLNet;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.MLNet;

/// <summary>
/// One row at a time through a PredictionEngine, beyond what a stock step of one column takes on the same row.
/// </summary>
internal static class SingleRows
{
    private const int Features = 20, Pixels = 3 * 32 * 32;
    private static readonly bool s_real = typeof(MLContext).Assembly.GetName().Name != "MLNetSurface";

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        if (!s_real)
        {
            yield return BenchmarkRow.Absent("PredictionEngine", "µs", "ML.NET's packages are absent");
            yield break;
        }
        MLContext ml = new(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(Rows(200));
        yield return Measure(
            context, "MLP", 50, ml, new Row { Features = Rows(1)[0].Features },
            ml.MulticlassClassification.Trainers.TextToModel(ml).Fit(rows),
            ml.Transforms.NormalizeMinMax(nameof(Row.Features)).Fit(rows));
        IDataView images = ml.Data.LoadFromEnumerable(new[] { new Image() });
        yield return Measure(
            context, "CNN of ten classes", 150, ml, new Image(),
            ml.Transforms.TextToModel(
                ml, nameof(Image.Pixels), [.. Enumerable.Range(0, 10).Select(i => $"thing {i}")]).Fit(images),
            ml.Transforms.NormalizeMinMax(nameof(Image.Pixels)).Fit(images));
    }

    private static BenchmarkRow Measure<TRow>(
        BenchmarkContext context, string name, double limit, MLContext ml, TRow row, ITransformer ours,
        ITransformer stock) where TRow : class, new()
    {
        int calls = context.Choose(2_000, 20_000);
        using var engine = ml.Model.CreatePredictionEngine<TRow, Scored>(ours);
        using var other = ml.Model.CreatePredictionEngine<TRow, TRow>(stock);
        Scored scored = new();
        TRow same = new();
        (double own, double peer, _) = Timing.Alternate(
            5,
            () => Timing.Seconds(() => engine.Predict(row, ref scored), calls),
            () => Timing.Seconds(() => other.Predict(row, ref same), calls));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++) engine.Predict(row, ref scored);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
        return new BenchmarkRow(
            $"PredictionEngine over a stock step, {name}", (own - peer) * 1e6, "µs", limit, "lower",
            Detail: $"{own * 1e6:F1} against {peer * 1e6:F1} µs; {bytes:F0} bytes a row", N: calls).Judge();
    }

    private static Row[] Rows(int count)
    {
        Rng rng = new(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] features = new float[Features];
            rng.FillNormal(features);
            features[0] += i % 3 * 3;
            return new Row { Features = features, Label = $"class {i % 3}" };
        })];
    }

    private sealed class Row
    {
        [VectorType(SingleRows.Features)]
        public float[] Features { get; set; } = new float[SingleRows.Features];

        public string Label { get; set; } = "";
    }

    private sealed class Image
    {
        [VectorType(SingleRows.Pixels)]
        public float[] Pixels { get; set; } = new float[SingleRows.Pixels];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
