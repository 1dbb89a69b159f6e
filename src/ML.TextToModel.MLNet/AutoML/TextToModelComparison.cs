using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using ML.TextToModel.Generators;

namespace ML.TextToModel.MLNet;

/// <summary>
/// Generated classifiers beside AutoML's <see cref="MulticlassClassificationExperiment"/>: the same rows to learn from,
/// the same rows to be scored on, the same clock.
/// </summary>
public static class TextToModelComparison
{
    private const double TestFraction = 0.2;

    /// <summary>Compares.</summary>
    /// <param name="context">The context; its seed decides the split and all else but what the clock decides.</param>
    /// <param name="data">Rows with features and a key for a label.</param>
    /// <param name="seconds">What AutoML may take; the generated classifiers take what they need.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="featureColumnName">The features.</param>
    /// <param name="trainers">AutoML's trainers. Default null: all.</param>
    public static IReadOnlyList<ComparisonRow> Run(
        MLContext context, IDataView data, uint seconds, string labelColumnName = "Label",
        string featureColumnName = "Features", IReadOnlyCollection<MulticlassClassificationTrainer>? trainers = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        DataOperationsCatalog.TrainTestData split = context.Data.TrainTestSplit(data, TestFraction);
        TextToModelOptions options = new() { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName };
        return
        [
            Measure("generated", () => Fit(options with { Refinement = TableGeneratorOptions.InContextOnly })),
            Measure("generated and refined", () => Fit(options)),
            Measure("AutoML", () => Search(context, split.TrainSet, seconds, options, trainers)),
        ];

        ITransformer Fit(TextToModelOptions with) =>
            context.MulticlassClassification.Trainers.TextToModel(context, with).Fit(split.TrainSet);

        ComparisonRow Measure(string name, Func<ITransformer?> fit)
        {
            long start = Stopwatch.GetTimestamp();
            ITransformer? model = fit();
            double taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (model is null) return new(name, double.NaN, double.NaN, taken);
            MulticlassClassificationMetrics metrics =
                context.MulticlassClassification.Evaluate(model.Transform(split.TestSet), labelColumnName);
            return new(name, metrics.MicroAccuracy, metrics.LogLoss, taken);
        }
    }

    /// <summary>The rows as a table for readers.</summary>
    public static string Table(IEnumerable<ComparisonRow> rows) => string.Join('\n', rows.Select(row => string.Create(
        CultureInfo.InvariantCulture, $"{row.Name,-24}{row.Accuracy,8:P1}{row.LogLoss,10:F3}{row.Seconds,9:F1} s")));

    /// <summary>The best that AutoML finds, or null if no trial ends in time.</summary>
    private static ITransformer? Search(
        MLContext context, IDataView rows, uint seconds, TextToModelOptions options,
        IReadOnlyCollection<MulticlassClassificationTrainer>? trainers)
    {
        MulticlassExperimentSettings settings = new() { MaxExperimentTimeInSeconds = seconds };
        if (trainers is not null)
        {
            settings.Trainers.Clear();
            foreach (MulticlassClassificationTrainer trainer in trainers) settings.Trainers.Add(trainer);
        }
        // In memory, as some trainers pass over the rows very often.
        IDataView columns = context.Data.Cache(
            context.Transforms.SelectColumns(options.LabelColumnName, options.FeatureColumnName).Fit(rows)
                .Transform(rows));
        try
        {
            return context.Auto().CreateMulticlassClassificationExperiment(settings)
                .Execute(columns, options.LabelColumnName).BestRun.Model;
        }
        catch (AggregateException e) when (e.Flatten().InnerException is TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>A way to a classifier, and how it did on rows kept back.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Accuracy">The share of rows that it got right; NaN if there was no classifier in time.</param>
/// <param name="LogLoss">The mean of the negative logarithms of the true classes' probabilities, or NaN.</param>
/// <param name="Seconds">What fitting took.</param>
public sealed record ComparisonRow(string Name, double Accuracy, double LogLoss, double Seconds);
