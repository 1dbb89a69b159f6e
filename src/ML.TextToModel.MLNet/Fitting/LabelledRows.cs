using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.MLNet;

/// <summary>Labelled raw rows of a classifier, as examples of one task.</summary>
/// <param name="classifier">Whose preprocessing applies.</param>
/// <param name="values">The rows, one after the other.</param>
/// <param name="labels">The class of each.</param>
internal sealed class LabelledRows(FittedClassifier classifier, float[] values, int[] labels) : IExampleSource
{
    /// <summary>The class of each row.</summary>
    public IReadOnlyList<int> Labels => labels;

    public int Tasks => 1;

    public Shape InputShape => classifier.Spec.InputShape;

    public int Count(int task) => labels.Length;

    public int Label(int task, int example) => labels[example];

    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
    {
        int length = InputShape.ElementCount;
        for (int i = 0; i < examples.Length; i++)
            classifier.Preprocessing.Apply(Row(examples[i]), inputs.Slice(i * length, length));
    }

    /// <summary>The mean of the negative logarithms of the probabilities of the true classes.</summary>
    public double LogLoss(FittedClassifier other)
    {
        const double least = 1e-12;
        float[] probabilities = new float[other.Classes.Count];
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            other.Predict(Row(i), probabilities);
            sum -= Math.Log(Math.Max(least, probabilities[labels[i]]));
        }
        return sum / labels.Length;
    }

    /// <summary>Some of the rows.</summary>
    public LabelledRows Some(IReadOnlyList<int> rows)
    {
        float[] some = new float[rows.Count * classifier.RowLength];
        for (int i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(some.AsSpan(i * classifier.RowLength));
        return new(classifier, some, [.. rows.Select(row => labels[row])]);
    }

    private ReadOnlySpan<float> Row(int index) => values.AsSpan(index * classifier.RowLength, classifier.RowLength);
}
