using System.Text.Json;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks;

/// <summary>ONNX Runtime, from npm, on exported classifiers.</summary>
internal static class OnnxPeer
{
    private const double Tolerance = 1e-5;

    private static readonly string s_folder = Path.Combine(RepositoryFolder.Root, "tests", "Onnx");

    /// <summary>Why it cannot be run; null if it can.</summary>
    public static string? Absent { get; } =
        Directory.Exists(Path.Combine(s_folder, "node_modules", "onnxruntime-node"))
            ? null
            : "onnxruntime-node is absent; npm ci --ignore-scripts in tests/Onnx installs it";

    /// <summary>Other labels and the largest difference of a probability, on some rows.</summary>
    /// <param name="context">The run.</param>
    /// <param name="check">What is compared.</param>
    /// <param name="model">The file to export to; the inputs stand beside it.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="rows">The raw rows, as it takes them.</param>
    /// <param name="inputs">The same as the JSON document that run.mjs takes.</param>
    public static IEnumerable<BenchmarkRow> Compare(
        BenchmarkContext context, string check, string model, FittedClassifier classifier,
        IReadOnlyList<float[]> rows, object inputs)
    {
        string inputFile = Path.ChangeExtension(model, ".json");
        OnnxExport.Write(model, classifier);
        File.WriteAllText(inputFile, JsonSerializer.Serialize(inputs));
        (int code, string output) = ChildProcess.Run(
            "node", [Path.Combine(s_folder, "run.mjs"), model, inputFile], [], context.Cancel);
        if (code != 0)
        {
            yield return BenchmarkRow.Absent(check, "rows", $"ONNX Runtime did not run: exit code {code}");
            yield break;
        }
        (int labels, double difference) = Compare(classifier, rows, JsonDocument.Parse(output).RootElement);
        yield return new BenchmarkRow($"{check}: other labels", labels, "rows", 0, "lower", N: rows.Count).Judge();
        yield return new BenchmarkRow(
            $"{check}: largest difference of a probability", difference, "", Tolerance, "lower", N: rows.Count).Judge();
    }

    private static (int Labels, double Difference) Compare(
        FittedClassifier classifier, IReadOnlyList<float[]> rows, JsonElement output)
    {
        float[] own = new float[classifier.Classes.Count];
        int labels = 0;
        double difference = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            classifier.Predict(rows[row], own);
            string? label = output.GetProperty("PredictedLabel")[row].GetString();
            if (label != classifier.Classes[own.IndexOf(own.Max())]) labels++;
            for (int c = 0; c < own.Length; c++)
                difference = Math.Max(
                    difference, Math.Abs(own[c] - output.GetProperty("Probability")[row][c].GetDouble()));
        }
        return (labels, difference);
    }
}
