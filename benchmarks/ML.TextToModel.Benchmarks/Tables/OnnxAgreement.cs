using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Exported classifiers in ONNX Runtime against their own predictions, on rows all over each table.</summary>
internal static class OnnxAgreement
{
    private const int Rows = 500;
    private const double Tolerance = 1e-5;

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        string folder = Path.Combine(RepositoryFolder.Root, "tests", "Onnx");
        string? absent = study.Generators.Default.Absent
            ?? (Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node"))
                ? null
                : "onnxruntime-node is absent; npm ci --ignore-scripts in tests/Onnx installs it");
        foreach (StudyTable table in study.Tables)
        {
            string check = $"ONNX, {table.Name}";
            if (absent is not null)
            {
                yield return BenchmarkRow.Absent(check, "rows", absent);
                continue;
            }
            string model = Artifacts.Path(study.Context, Path.Combine("tables", "onnx", $"{table.Name}.onnx"));
            string inputs = Path.ChangeExtension(model, ".json");
            FittedClassifier classifier = study.Classifier(table);
            OnnxExport.Write(model, classifier);
            int count = Math.Min(Rows, table.Sample.Rows);
            int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.Sample.Rows / count))];
            TableSample sample = table.Sample.Subset(rows);
            File.WriteAllText(inputs, JsonSerializer.Serialize(new { rows = count, inputs = Columns(sample) }));
            (int code, string output) = ChildProcess.Run(
                "node", [Path.Combine(folder, "run.mjs"), model, inputs], [], study.Context.Cancel);
            if (code != 0)
            {
                yield return BenchmarkRow.Absent(check, "rows", $"ONNX Runtime did not run: exit code {code}");
                continue;
            }
            (int labels, double difference) = Compare(classifier, sample, JsonDocument.Parse(output).RootElement);
            yield return new BenchmarkRow($"{check}: other labels", labels, "rows", 0, "lower", N: count).Judge();
            yield return new BenchmarkRow(
                $"{check}: largest difference of a probability", difference, "", Tolerance, "lower", N: count).Judge();
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

    private static (int Labels, double Difference) Compare(
        FittedClassifier classifier, TableSample sample, JsonElement output)
    {
        float[] own = new float[classifier.Classes.Count];
        int labels = 0;
        double difference = 0;
        for (int row = 0; row < sample.Rows; row++)
        {
            classifier.Predict(sample.Row(row), own);
            string? label = output.GetProperty("PredictedLabel")[row].GetString();
            if (label != classifier.Classes[own.IndexOf(own.Max())]) labels++;
            for (int c = 0; c < own.Length; c++)
                difference = Math.Max(
                    difference, Math.Abs(own[c] - output.GetProperty("Probability")[row][c].GetDouble()));
        }
        return (labels, difference);
    }
}
