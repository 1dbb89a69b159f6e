using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace ML.TextToModel.MLNet.Tests;

public sealed class AutoMLTests
{
    private readonly MLContext _context = new(seed: 1);

    [RealFact]
    public async Task An_experiment_searches_the_step_beside_another_trainer()
    {
        TrialResult best = await Experiment(Data.Rows(90)).SetMaxModelToExplore(6).RunAsync(
            TestContext.Current.CancellationToken);
        Assert.True(best.Metric > 0.9, $"{best.Metric}");
        float[][] scores = Data.Scores(best.Model.Transform(Data.View(_context, Data.Rows(9))));
        Assert.Equal(9, scores.Length);
    }

    [RealFact]
    public async Task Stopping_an_experiment_stops_a_fit()
    {
        using CancellationTokenSource stop = new();
        Stopwatch clock = Stopwatch.StartNew();
        stop.CancelAfter(TimeSpan.FromSeconds(2));
        // The rows are so many that no trial ends in time.
        await Assert.ThrowsAnyAsync<Exception>(() => Experiment(Data.Rows(60_000, classes: 50)).RunAsync(stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [RealFact]
    public void A_comparison_measures_three_ways_on_the_same_rows()
    {
        IDataView rows = _context.Transforms.Conversion.MapValueToKey("Label")
            .Fit(Data.View(_context, Data.Rows(300))).Transform(Data.View(_context, Data.Rows(300)));
        IReadOnlyList<ComparisonRow> table = TextToModelComparison.Run(
            _context, rows, seconds: 10, trainers: [MulticlassClassificationTrainer.LbfgsMaximumEntropy]);
        Assert.Equal(["generated", "generated and refined", "AutoML"], table.Select(row => row.Name));
        Assert.All(table, row => Assert.InRange(row.Accuracy, 0.9, 1));
        Assert.Equal(3, TextToModelComparison.Table(table).Split('\n').Length);
    }

    private AutoMLExperiment Experiment(Row[] rows)
    {
        IDataView view = Data.View(_context, rows);
        SweepablePipeline pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(
                _context.Auto().TextToModel(),
                _context.Auto().CreateSweepableEstimator(
                    (MLContext context, TextToModelSearchSpace _) =>
                        context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
                    new Microsoft.ML.SearchSpace.SearchSpace<TextToModelSearchSpace>()));
        return _context.Auto().CreateExperiment().SetPipeline(pipeline)
            .SetDataset(_context.Data.TrainTestSplit(view))
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, "Label")
            .SetTrainingTimeInSeconds(60);
    }
}
