using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Exported classifiers in ONNX Runtime against their own predictions, on rows all over each table.</summary>
internal static class OnnxAgreement
{
    private const int Rows = 500;

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        string? absent = study.Generators.Default.Absent ?? OnnxPeer.Absent;
        foreach (StudyTable table in study.Tables)
        {
            string check = $"ONNX, {table.Name}";
            if (absent is not null)
            {
                yield return BenchmarkRow.Absent(check, "rows", absent);
                continue;
            }
            string model = Artifacts.Path(study.Context, Path.Combine("tables", "onnx", $"{table.Name}.onnx"));
            FittedClassifier classifier = study.Classifier(table);
            int count = Math.Min(Rows, table.Sample.Rows);
            int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.Sample.Rows / count))];
            TableSample sample = table.Sample.Subset(rows);
            float[][] raw = [.. Enumerable.Range(0, count).Select(row => sample.Row(row).ToArray())];
            foreach (BenchmarkRow row in OnnxPeer.Compare(
                study.Context, check, model, classifier, raw, new { rows = count, inputs = Columns(sample) }))
                yield return row;
        }
    }

    private static Dictionary<string, object?[]> Columns(TableSample sample)
    {
        return sample.Columns.Index().ToDictionary(column => column.Item, column => (object?[])
        [
            .. Enumerable.Range(0, sample.Rows).Select(row => Cell(column.Index, sample.Row(row)[column.Index])),
        ]);

        object? Cell(int column, float value) =>
            sample.Categories[column] is not null ? StudyTable.Category(sample, column, value) ?? ""
            : float.IsNaN(value) ? null
            : value;
    }
}
