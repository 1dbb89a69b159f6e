using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Output;

/// <summary>
/// Shows how far a training of the table generator is and, every so often, writes its checkpoint and scores it.
/// </summary>
internal sealed class TabularLog(InContextTraining training, string checkpoint, string log, int every, Session session)
    : IProgress<TrainingProgress>
{
    private const int ContextRows = 1_000, TestRows = 2_000;

    private static readonly TableGeneratorOptions s_alone = TableGeneratorOptions.InContextOnly with { Members = 1 };

    private readonly Dictionary<string, (TableSample Context, TableSample Test)> _tables = Load();
    private double _loss = double.NaN;

    public void Report(TrainingProgress value)
    {
        _loss = double.IsNaN(_loss) ? value.Loss : 0.99 * _loss + 0.01 * value.Loss;
        if (value.Step % every == 0) Write(value.Elapsed);
        if (!session.Progress.IsDue) return;
        double speed = value.Examples / Math.Max(value.Elapsed.TotalSeconds, 1e-3);
        session.Progress.Show($"training  step {value.Step:N0} of {value.TotalSteps:N0}  loss {_loss:F3}  " +
            $"{speed:N0} tables/s  {value.Left:h\\:mm\\:ss} left");
    }

    /// <summary>Writes the checkpoint and a line of the log.</summary>
    public TabularLogLine Write(TimeSpan elapsed = default)
    {
        training.WriteCheckpoint(checkpoint);
        InContextGenerator generator = training.Generator;
        TableGenerator emitted = new(generator);
        InContextScore[] synthetic = InContextValidation.Score(generator, session.Cancel);
        TabularLogLine line = new(
            synthetic.Average(score => score.Loss), synthetic.Average(score => score.Accuracy),
            [.. _tables.Select(table =>
            {
                ClassificationMetrics metrics =
                    TableScores.Of(emitted.Generate(table.Value.Context, s_alone), table.Value.Test);
                return new TableFigures(table.Key, metrics.Accuracy, metrics.Auc(session.Cancel));
            })]);
        if (!File.Exists(log))
        {
            Append(
            [
                "step", "tables", "seconds", "loss", "validation loss", "validation accuracy", "mean accuracy",
                "mean auc",
                .. line.Tables.SelectMany(t => new[] { $"{t.Name} accuracy", $"{t.Name} auc" }),
            ]);
        }
        Append(
        [
            training.Step.ToString(CultureInfo.InvariantCulture),
            training.Tables.ToString(CultureInfo.InvariantCulture),
            Text(elapsed.TotalSeconds), Text(_loss), Text(line.Loss), Text(line.Accuracy),
            Text(line.Tables.Average(t => t.Accuracy)), Text(line.Tables.Average(t => t.Auc)),
            .. line.Tables.SelectMany(t => new[] { Text(t.Accuracy), Text(t.Auc) }),
        ]);
        return line;
    }

    private void Append(IEnumerable<string> cells) => File.AppendAllText(log, string.Join(',', cells) + "\n");

    private static string Text(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "";

    private static Dictionary<string, (TableSample, TableSample)> Load()
    {
        Dictionary<string, (TableSample, TableSample)> tables = [];
        foreach (UciTable table in UciTables.All.Where(table => table.IsPresent()))
        {
            TableSample sample = table.Load();
            double context = Math.Min(0.6, ContextRows / (double)sample.Rows);
            double test = Math.Min(1 - context, TestRows / (double)sample.Rows);
            int[][] parts = TableSplit.Stratified(sample.Labels, [context, test, 1 - context - test], new Rng(0));
            tables.Add(table.Name, (sample.Subset(parts[0]), sample.Subset(parts[1])));
        }
        return tables;
    }
}

/// <summary>The figures of one line of the log.</summary>
internal sealed record TabularLogLine(double Loss, double Accuracy, IReadOnlyList<TableFigures> Tables);
