using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Tests;
using ML.TextToModel.Generators.Hypernetwork.Tests;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class HypernetworkTrainingTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_training_goes_on_to_the_same_bits()
    {
        string whole = Path.Combine(_folder, "whole"), parts = Path.Combine(_folder, "parts");
        HypernetworkPretraining training = SmallHypernetwork.Training(steps: 8);
        training.Run(cancel: Cancel);
        training.WriteCheckpoint(whole);
        TrainingRun run = new() { StatePath = Path.Combine(_folder, "state") };
        using CancellationTokenSource stop = new();
        HypernetworkPretraining first = SmallHypernetwork.Training(steps: 8);
        Assert.Throws<OperationCanceledException>(() => first.Run(run, new Stopper(stop, 3), stop.Token));
        HypernetworkPretraining second = SmallHypernetwork.Training(steps: 8);
        Assert.Equal(3, second.Run(run, cancel: Cancel).ResumedAt);
        second.WriteCheckpoint(parts);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(parts));
    }

    [Fact]
    public void The_seed_decides_the_result_and_the_fingerprint_names_it()
    {
        float[] Trained(ulong seed)
        {
            HypernetworkPretraining training = SmallHypernetwork.Training(steps: 2, seed);
            training.Run();
            TableSample sample = SmallHypernetwork.Table("a", 1);
            return training.Generator().Generate(
                "left", sample.Classes, new TableTask(SmallHypernetwork.Words, sample).Preprocessing,
                SmallHypernetwork.Words).Parameters.ToArray();
        }
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));
        Assert.Equal(SmallHypernetwork.Training(seed: 1).Fingerprint, SmallHypernetwork.Training(seed: 1).Fingerprint);
        Assert.NotEqual(
            SmallHypernetwork.Training(seed: 1).Fingerprint, SmallHypernetwork.Training(seed: 2).Fingerprint);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        HypernetworkTrainingOptions options = new()
        {
            Steps = 0, LocalRate = -1, Dropout = 1, Noise = -1, RowNoise = -1, FewRows = 0, LabelSmoothing = 1,
            Rate = float.NaN,
        };
        Assert.Equal(8, options.Faults().Count());
        Assert.StartsWith("This training cannot start. The number of steps is 0", Assert.Throws<ModelInputException>(
            () => new HypernetworkPretraining(
                [new TableTask(SmallHypernetwork.Words, SmallHypernetwork.Table("a", 1))], SmallHypernetwork.Encoder,
                null, options)).Message);
    }

    [Fact]
    public void A_task_without_a_requirement_is_refused() => Assert.Contains(
        "A task has no requirement.", Assert.Throws<ModelInputException>(() => new HypernetworkPretraining(
            [
                new TableTask(
                    SmallHypernetwork.Words with { Wordings = [] }, SmallHypernetwork.Table("a", 1)),
            ], SmallHypernetwork.Encoder)).Message);

    [Fact]
    public void Tasks_of_other_features_than_the_first_are_refused()
    {
        FeatureTask Task(int length) =>
            new(SmallHypernetwork.Words, ["low", "high"], length, new float[2 * length], [0, 1]);
        Assert.Equal(
            "This training cannot start. A task has 3 features, the first 4.",
            Assert.Throws<ModelInputException>(
                () => new HypernetworkPretraining([Task(4), Task(3)], SmallHypernetwork.Encoder)).Message);
        Assert.Throws<ModelInputException>(
            () => new HypernetworkPretraining(Array.Empty<FeatureTask>(), SmallHypernetwork.Encoder));
    }

    [Fact]
    public void The_known_tables_have_five_wordings_and_words_for_every_column_and_class()
    {
        TestInput.Shared("");
        Assert.Equal(UciTables.All.Select(table => table.Name), TaskDescription.Uci.Keys);
        foreach (UciTable table in UciTables.All)
        {
            TaskDescription words = TaskDescription.Uci[table.Name];
            TableSample sample = table.Load();
            Assert.Equal(5, words.Wordings.Distinct().Count());
            Assert.Equal(sample.Classes, words.Classes.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(sample.Columns, words.Columns.Keys.Where(sample.Columns.Contains));
            Assert.Equal(sample.Columns.Count, words.Columns.Count);
        }
    }

    private sealed class Stopper(CancellationTokenSource stop, int afterStep) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == afterStep) stop.Cancel();
        }
    }
}
