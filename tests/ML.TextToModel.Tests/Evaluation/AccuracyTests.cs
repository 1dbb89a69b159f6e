using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Evaluation.Tests;

public sealed class AccuracyTests
{
    private static readonly LinearSpec Spec = new() { Classes = 2, Inputs = 1 };

    /// <summary>The class is 1 where the number is positive.</summary>
    private static readonly float[] Sign = [-1, 1, 0, 0];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(256), InlineData(257), InlineData(700)]
    public void Accuracy_is_the_share_of_right_classes(int count)
    {
        float[] rows = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? -1f : 1f)];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 5 == 0 ? 0 : 1)];
        var examples = new RowExamples(rows, labels, new FeaturePreprocessing([], [], []));
        int[] expected = [.. rows.Select(value => value > 0 ? 1 : 0)];
        Assert.Equal(expected, Accuracy.Predict(Spec, Sign, examples, cancel: Cancel));
        Assert.Equal(
            expected.Zip(labels).Count(p => p.First == p.Second) / (double)count,
            Accuracy.Of(Spec, Sign, examples, cancel: Cancel));
    }

    [Fact]
    public void Probabilities_are_those_of_the_examples_in_order()
    {
        float[] rows = [.. Enumerable.Range(0, 300).Select(i => (i - 150) / 100f)];
        var examples = new RowExamples(rows, new int[300], new FeaturePreprocessing([], [], []));
        float[] probabilities = Accuracy.Probabilities(Spec, Sign, examples, cancel: Cancel);
        for (int i = 0; i < rows.Length; i++)
        {
            double second = 1 / (1 + Math.Exp(-2 * rows[i]));   // the logits are -x and x
            Assert.Equal(1 - second, probabilities[2 * i], 1e-6);
            Assert.Equal(second, probabilities[2 * i + 1], 1e-6);
        }
    }

    [Fact]
    public void Each_task_is_scored_on_its_own_examples()
    {
        ImageExamples examples = Training.Tests.TinyTrainings.Tasks(2);
        CnnSpec spec = Training.Tests.TinyTrainings.Spec;
        float[] always = new float[spec.Layout.Count];
        always[^2] = 1;   // the bias of class 1
        Assert.Equal(Enumerable.Repeat(1, 12), Accuracy.Predict(spec, always, examples, task: 1, Cancel));
        Assert.Equal(1.0 / 3, Accuracy.Of(spec, always, examples, task: 1, Cancel));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_cancelling_works()
    {
        var examples = new RowExamples([1, 2], [0], new FeaturePreprocessing([], [], []));
        Assert.StartsWith("Examples of shape (2) do not fit inputs of shape (1).",
            Assert.Throws<ArgumentException>(() => Accuracy.Of(Spec, Sign, examples, cancel: Cancel)).Message);
        var fitting = new RowExamples([1, 2], [0, 1], new FeaturePreprocessing([], [], []));
        Assert.StartsWith("Vectors of shape (1, 3) do not hold 4 parameters each.",
            Assert.Throws<ArgumentException>(
                () => Accuracy.Of(Spec, Sign.AsSpan(0, 3), fitting, cancel: Cancel)).Message);
        Assert.Throws<OperationCanceledException>(
            () => Accuracy.Of(Spec, Sign, fitting, 0, new CancellationToken(true)));
    }
}
