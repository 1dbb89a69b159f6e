using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>How a method did on the test rows of a round.</summary>
/// <param name="Accuracy">The share of rows that it classifies rightly.</param>
/// <param name="Auc">The area under the ROC curve; of more than two classes, one against the rest, the mean.</param>
/// <param name="AucOfPairs">The same; of more than two classes, the mean over pairs of classes.</param>
/// <param name="FitSeconds">Time to fit, with the choice of settings.</param>
/// <param name="PredictMicroseconds">Time to predict, per row.</param>
/// <param name="Detail">The settings that were chosen.</param>
internal sealed record TableFigures(
    double Accuracy, double Auc, double AucOfPairs, double FitSeconds, double PredictMicroseconds, string Detail)
{
    private const double NothingToRank = 0.5;   // the test rows are of one class

    public static TableFigures Of(TableRound round, TablePredictions predictions)
    {
        int classes = round.Table.Sample.Classes.Count;
        ClassificationMetrics metrics = new(classes);
        for (int row = 0; row < round.Test.Rows; row++)
            metrics.Add(round.Test.Labels[row], predictions.Probabilities.AsSpan(row * classes, classes));
        return new(
            metrics.Accuracy!.Value, metrics.AucOneVersusRest() ?? NothingToRank, metrics.Auc() ?? NothingToRank,
            predictions.FitSeconds, predictions.PredictMicroseconds, predictions.Detail);
    }
}
