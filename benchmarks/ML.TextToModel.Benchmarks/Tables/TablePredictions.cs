using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>What a method says of the test rows of a round, and what it took.</summary>
/// <param name="Probabilities">(test rows, classes), row after row.</param>
/// <param name="FitSeconds">Time to fit, with the choice of settings.</param>
/// <param name="PredictMicroseconds">Time to predict, per row.</param>
/// <param name="Detail">The settings that were chosen.</param>
internal sealed record TablePredictions(
    float[] Probabilities, double FitSeconds, double PredictMicroseconds, string Detail)
{
    private const int TimedRows = 2_000, Passes = 5;

    /// <summary>Times our own classifiers: one row at a time, after a pass over all rows.</summary>
    public static TablePredictions Of(TableRound round, Func<(FittedClassifier Classifier, string Detail)> fit)
    {
        long start = Stopwatch.GetTimestamp();
        (FittedClassifier classifier, string detail) = fit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int classes = classifier.Classes.Count, timed = Math.Min(round.Test.Rows, TimedRows);
        float[] probabilities = new float[round.Test.Rows * classes];
        Predict(round.Test.Rows);
        return new(probabilities, seconds, Timing.Seconds(() => Predict(timed), Passes) / timed * 1e6, detail);

        void Predict(int rows)
        {
            for (int row = 0; row < rows; row++)
                classifier.Predict(round.Test.Row(row), probabilities.AsSpan(row * classes, classes));
        }
    }

    /// <summary>
    /// The kept predictions of a round: CSV with the row's place in the file and one probability per class, and
    /// beside it a document of the rest.
    /// </summary>
    /// <returns>null where there are none, or those of other data or another split.</returns>
    public static TablePredictions? Read(string csv, TableRound round)
    {
        string json = Path.ChangeExtension(csv, ".json");
        if (!File.Exists(csv) || !File.Exists(json)) return null;
        Record record = JsonSerializer.Deserialize<Record>(File.ReadAllText(json))!;
        if (record.Key != round.Key) return null;
        return new(ReadProbabilities(csv), record.FitSeconds, record.PredictMicroseconds, record.Detail);
    }

    /// <summary>The probabilities of a CSV file whose first column is the row.</summary>
    public static float[] ReadProbabilities(string csv) =>
    [
        .. File.ReadLines(csv).Skip(1).SelectMany(line => line.Split(',').Skip(1))
            .Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)),
    ];

    public void Write(string csv, TableRound round)
    {
        TableSample sample = round.Table.Sample;
        int classes = sample.Classes.Count;
        using (CsvWriter writer = new(File.Create(csv)))
        {
            writer.WriteRow([StudyTable.RowColumn, .. sample.Classes.Select(name => $"Probability.{name}")]);
            for (int i = 0; i < round.TestRows.Length; i++)
            {
                writer.Write(sample.SourceRows[round.TestRows[i]]);
                for (int c = 0; c < classes; c++) writer.Write(Probabilities[i * classes + c]);
                writer.EndRow();
            }
        }
        File.WriteAllText(
            Path.ChangeExtension(csv, ".json"),
            JsonSerializer.Serialize(new Record(round.Key, FitSeconds, PredictMicroseconds, Detail)));
    }

    private sealed record Record(string Key, double FitSeconds, double PredictMicroseconds, string Detail);
}
