using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Output;

/// <summary>Rows of a table that a training of the requirement hypernetwork does not have.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Task">Its words.</param>
/// <param name="Preprocessing">What makes features of its rows.</param>
/// <param name="Sample">The rows.</param>
internal sealed record HeldOutTable(
    string Name, TaskDescription Task, TablePreprocessing Preprocessing, TableSample Sample)
{
    /// <summary>Wordings that a training learns; the others are held out.</summary>
    public const int Wordings = 3;

    /// <summary>The mean accuracy over the wordings that are held out.</summary>
    public double Accuracy(HypernetworkGenerator generator) => Task.Wordings.Skip(Wordings).Average(wording =>
        TableScores.Of(generator.Generate(wording, Sample.Classes, Preprocessing, Task), Sample).Accuracy!.Value);
}

/// <summary>
/// Shows how far a training of the requirement hypernetwork is and, every so often, writes its checkpoint and scores
/// it.
/// </summary>
internal sealed class HypernetworkLog(
    HypernetworkPretraining training, IReadOnlyList<HeldOutTable> tables, string checkpoint, string log, int every,
    Session session) : IProgress<TrainingProgress>
{
    private double _loss = double.NaN;

    public void Report(TrainingProgress value)
    {
        _loss = double.IsNaN(_loss) ? value.Loss : 0.99 * _loss + 0.01 * value.Loss;
        if (value.Step % every == 0 && value.Step < value.TotalSteps) Write(value.Elapsed);
        if (!session.Progress.IsDue) return;
        session.Progress.Show($"training  step {value.Step:N0} of {value.TotalSteps:N0}  loss {_loss:F3}  " +
            $"{value.Examples / Math.Max(value.Elapsed.TotalSeconds, 1e-3):N0} rows/s  {value.Left:h\\:mm\\:ss} left");
    }

    /// <summary>Writes the checkpoint and a line of the log.</summary>
    /// <returns>The mean accuracy over the tables.</returns>
    public double Write(TimeSpan elapsed)
    {
        training.WriteCheckpoint(checkpoint);
        HypernetworkGenerator generator = training.Generator();
        double[] accuracies = [.. tables.Select(table => table.Accuracy(generator))];
        if (!File.Exists(log))
            Append(["step", "seconds", "loss", "mean accuracy", .. tables.Select(table => table.Name)]);
        Append(
        [
            training.Step.ToString(CultureInfo.InvariantCulture), Text(elapsed.TotalSeconds), Text(_loss),
            Text(accuracies.Average()), .. accuracies.Select(Text),
        ]);
        return accuracies.Average();
    }

    private void Append(IEnumerable<string> cells) => File.AppendAllText(log, string.Join(',', cells) + "\n");

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
