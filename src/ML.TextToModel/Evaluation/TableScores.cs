using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Evaluation;

/// <summary>Scores a classifier on the labelled rows of a table.</summary>
public static class TableScores
{
    /// <summary>The figures over all rows; columns and classes are those of the sample that it was made for.</summary>
    /// <exception cref="ArgumentException">Columns or classes differ in number.</exception>
    public static ClassificationMetrics Of(FittedClassifier classifier, TableSample sample)
    {
        ClassificationMetrics metrics = new(classifier.Classes.Count);
        float[] probabilities = new float[classifier.Classes.Count];
        for (int row = 0; row < sample.Rows; row++)
        {
            classifier.Predict(sample.Row(row), probabilities);
            metrics.Add(sample.Labels[row], probabilities);
        }
        return metrics;
    }
}
