using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>Collects the accuracies of methods, task by task.</summary>
internal sealed class TaskScores(PModelSpec spec, ImageExamples images, CancellationToken cancel)
{
    private readonly SortedDictionary<AuditMethod, List<double>> _accuracies = [];

    /// <summary>The predicted class of each test image of a task; counts them.</summary>
    public int[] Add(AuditMethod method, int task, float[] parameters) =>
        Add(method, task, Predict(task, parameters));

    /// <summary>Counts predictions.</summary>
    public int[] Add(AuditMethod method, int task, int[] predicted)
    {
        int right = predicted.Where((c, i) => c == images.Label(task, i)).Count();
        if (!_accuracies.TryGetValue(method, out List<double>? own)) _accuracies[method] = own = [];
        own.Add((double)right / predicted.Length);
        return predicted;
    }

    /// <summary>The predicted class of each test image of a task.</summary>
    public int[] Predict(int task, float[] parameters) =>
        Accuracy.Predict(spec, parameters, images, task, cancel);

    /// <summary>The probabilities (images, classes) of each test image of a task.</summary>
    public float[] Probabilities(int task, float[] parameters) =>
        Accuracy.Probabilities(spec, parameters, images, task, cancel);

    /// <summary>The most probable class of each row.</summary>
    public int[] Labels(float[] probabilities)
    {
        int[] labels = new int[probabilities.Length / spec.Classes];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = probabilities.AsSpan(i * spec.Classes, spec.Classes);
            for (int c = 1; c < row.Length; c++)
                if (row[c] > row[labels[i]]) labels[i] = c;
        }
        return labels;
    }

    /// <summary>The Jaccard index of two classifiers' mistakes on a task.</summary>
    public double Overlap(int task, int[] first, int[] second) => ErrorOverlap.Jaccard(
        first, second, [.. Enumerable.Range(0, first.Length).Select(i => images.Label(task, i))]);

    public IReadOnlyList<AuditAccuracy> Report()
    {
        List<double> generated = _accuracies[AuditMethod.Generated];
        return
        [
            .. _accuracies.Select(method => new AuditAccuracy(
                method.Key, SampleMean.Of(method.Value), SampleMean.OfDifferences(method.Value, generated))),
        ];
    }
}
