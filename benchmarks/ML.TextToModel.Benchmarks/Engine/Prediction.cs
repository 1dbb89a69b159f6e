using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>One row at a time through <see cref="FittedClassifier.Predict"/>, after warm-up.</summary>
internal static class Prediction
{
    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        ImagePreprocessing image = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        FeaturePreprocessing features = new([], [], []);
        yield return Measure(context, "CNN", 150, new CnnSpec { Classes = 10 }, image);
        MlpSpec small = new() { Inputs = 20, Hidden = [64, 64], Classes = 10, Skip = true };
        yield return Measure(context, "MLP 20-64-64-10", 20, small, features);
        MlpSpec large = new() { Inputs = 100, Hidden = [512, 512], Classes = 10 };
        yield return Measure(context, "MLP 100-512-512-10", 150, large, features) with { Target = null, Pass = null };
    }

    private static BenchmarkRow Measure(
        BenchmarkContext context, string name, double limit, PModelSpec spec, Preprocessing preprocessing)
    {
        string[] classes = [.. Enumerable.Range(0, spec.Classes).Select(c => $"class {c}")];
        FittedClassifier classifier = new(spec, spec.Initialize(new Rng(1)), classes, preprocessing);
        float[] row = new float[classifier.RowLength], probabilities = new float[spec.Classes];
        new Rng(2).FillUniform(row, 0, 255);
        int calls = context.Choose(2_000, 20_000);
        for (int i = 0; i < calls; i++) classifier.Predict(row, probabilities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++) classifier.Predict(row, probabilities);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double seconds = Timing.Seconds(() => classifier.Predict(row, probabilities), calls);
        return new BenchmarkRow(
            $"predict one row, {name}", seconds * 1e6, "µs", limit, "lower",
            Detail: $"{allocated} bytes allocated by {calls:N0} calls", N: calls).Judge();
    }
}
