using System.Text.Json;
using ML.TextToModel.Benchmarks.Tables;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>The tables, their splits, and the hypernetworks and fine-tunings that several checks share.</summary>
internal sealed class HypernetworkStudy(BenchmarkContext context)
{
    /// <summary>Wordings of each requirement that trainings learn; the others are for scoring.</summary>
    public const int LearnedWordings = 3;

    public BenchmarkContext Context => context;

    public TableStudy Tables => field ??= new TableStudy(context);

    /// <summary>
    /// The hypernetwork of the fit rows of some tables; in a quick run the one that ships, which learned those of the
    /// first split of all tables.
    /// </summary>
    /// <param name="name">For the log and the file.</param>
    /// <param name="rounds">A split of each table.</param>
    /// <param name="options">How to train.</param>
    public (HypernetworkGenerator Generator, double Seconds) Train(
        string name, IEnumerable<TableRound> rounds, HypernetworkTrainingOptions options)
    {
        if (context.Options.Quick) return (HypernetworkGenerator.Shipped, double.NaN);
        HypernetworkPretraining training = new(
            [.. rounds.Select(round => new TableTask(Learned(round.Table.Name), round.Fit))], options: options);
        return Keep(name, training);
    }

    /// <summary>Trains, or goes on, or takes what an earlier run wrote.</summary>
    public (HypernetworkGenerator Generator, double Seconds) Keep(string name, HypernetworkPretraining training)
    {
        string path = Artifacts.Path(
            context, Path.Combine("modelgpt", $"{name}-{training.Fingerprint[..12]}.safetensors"));
        string time = Path.ChangeExtension(path, ".seconds.json");
        if (!File.Exists(time))
        {
            context.Log($"training: {name}, {training.TotalSteps:N0} steps");
            TrainingOutcome outcome =
                training.Run(new TrainingRun { StatePath = path + ".state" }, cancel: context.Cancel);
            training.WriteCheckpoint(path);
            File.Delete(path + ".state");
            // Of a training that was resumed, the part that was seen stands for the whole.
            double seconds = outcome.Elapsed.TotalSeconds * training.TotalSteps
                / Math.Max(1, training.TotalSteps - (outcome.ResumedAt ?? 0));
            File.WriteAllText(time, JsonSerializer.Serialize(seconds));
        }
        return (HypernetworkGenerator.Load(path), JsonSerializer.Deserialize<double>(File.ReadAllText(time)));
    }

    /// <summary>A figure that takes long, kept in a file under a key of what it depends on.</summary>
    public T Kept<T>(string name, string key, Func<T> measure)
    {
        string path = Artifacts.Path(context, Path.Combine("modelgpt", $"{name}.json"));
        if (File.Exists(path)
            && JsonSerializer.Deserialize<KeptFigure<T>>(File.ReadAllText(path)) is { } kept && kept.Key == key)
            return kept.Value;
        context.Log(name);
        T value = measure();
        File.WriteAllText(path, JsonSerializer.Serialize(new KeptFigure<T>(key, value)));
        return value;
    }

    /// <summary>The words of a table with the wordings that trainings learn.</summary>
    public static TaskDescription Learned(string table) => TaskDescription.Uci[table] with
    {
        Wordings = [.. TaskDescription.Uci[table].Wordings.Take(LearnedWordings)],
    };

    private sealed record KeptFigure<T>(string Key, T Value);
}
