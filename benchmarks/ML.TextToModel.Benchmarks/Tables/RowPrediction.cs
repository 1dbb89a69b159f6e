using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>One row at a time through the classifier that the defaults make of a table, after warm-up.</summary>
internal static class RowPrediction
{
    private const double LimitMicroseconds = 20;

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        if (study.Generator is null)
        {
            yield return BenchmarkRow.Absent("predict one row", "µs", study.Generators.Default.Absent!);
            yield break;
        }
        int calls = study.Context.Choose(2_000, 20_000);
        long allocated = 0;
        foreach (StudyTable table in study.Tables)
        {
            FittedClassifier classifier = study.Classifier(table);
            float[] row = table.Sample.Row(0).ToArray(), probabilities = new float[classifier.Classes.Count];
            for (int i = 0; i < calls; i++) classifier.Predict(row, probabilities);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++) classifier.Predict(row, probabilities);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            double seconds = Timing.Seconds(() => classifier.Predict(row, probabilities), calls);
            yield return new BenchmarkRow(
                $"predict one row, {table.Name}", seconds * 1e6, "µs", LimitMicroseconds, "lower",
                Detail: $"{classifier.Spec}", N: calls).Judge();
        }
        yield return new BenchmarkRow(
            "predict one row, managed allocation", allocated, "bytes", 0, "lower",
            Detail: $"{calls:N0} calls for each table", N: study.Tables.Count).Judge();
    }
}
