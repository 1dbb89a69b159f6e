using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class ClassifierTrainingTests
{
    [Fact]
    public void A_learning_curve_stays_as_it_was()
    {
        ClassifierTraining training = TinyTrainings.Start(TinyTrainings.Tasks(2));
        Assert.Equal(108 + 216 + 18 + 3, training.Vector().Length);
        float[] losses = TinyTrainings.Advance(training, 10);
        AssertPinned(
            [1.1939f, 1.0551f, 1.0391f, 1.0806f, 1.0122f, 0.9801f, 1.0461f, 0.9899f, 0.9647f, 0.9823f], losses);
    }

    [Fact]
    public void An_SGD_learning_curve_stays_as_it_was()
    {
        TrainingOptions options = TinyTrainings.Options with
        {
            Optimizer = OptimizerKind.Sgd, Rate = 0.05f, Decay = 1e-3f, LabelSmoothing = 0.1f,
        };
        float[] losses = TinyTrainings.Advance(TinyTrainings.Start(TinyTrainings.Tasks(2), options), 5);
        AssertPinned([1.1895f, 1.0441f, 1.0899f, 1.1239f, 1.0682f], losses);
    }

    [Fact]
    public void Tasks_side_by_side_come_out_as_each_alone()
    {
        const int tasks = 3;
        ImageExamples examples = TinyTrainings.Tasks(tasks);
        ClassifierTraining together = TinyTrainings.Start(examples);
        float[] losses = TinyTrainings.Advance(together, together.TotalSteps);
        float[] sum = new float[losses.Length];
        for (int t = 0; t < tasks; t++)
        {
            ClassifierTraining alone = TinyTrainings.Start(new TaskSelection(examples, t));
            float[] aloneLosses = TinyTrainings.Advance(alone, alone.TotalSteps);
            for (int i = 0; i < sum.Length; i++) sum[i] += aloneLosses[i] / tasks;
            // Rounding differs, and each step carries it on.
            Closeness.AssertClose(alone.Vector(), together.Vector(t), 1e-3, $"task {t}");
        }
        Closeness.AssertClose(sum, losses, 1e-4, "losses");
    }

    [Fact]
    public void Tasks_keep_their_results_in_another_order()
    {
        ImageExamples examples = TinyTrainings.Tasks(3);
        ClassifierTraining forward =
            TinyTrainings.Start(examples), backward = TinyTrainings.Start(new TaskSelection(examples, 2, 0, 1));
        TinyTrainings.Advance(forward, forward.TotalSteps);
        TinyTrainings.Advance(backward, backward.TotalSteps);
        Assert.Equal(forward.Vector(2), backward.Vector(0));
        Assert.Equal(forward.Vector(0), backward.Vector(1));
        Assert.Equal(forward.Vector(1), backward.Vector(2));
    }

    [Fact]
    public void Each_p_model_may_start_from_parameters_of_its_own()
    {
        CnnSpec spec = TinyTrainings.Spec;
        float[][] initial = [spec.Initialize(new Rng(1)), spec.Initialize(new Rng(2))];
        ImageExamples examples = TinyTrainings.Tasks(2);
        var together = new ClassifierTraining(spec, initial, examples, TinyTrainings.Options, seed: 5);
        var second =
            new ClassifierTraining(spec, initial[1], new TaskSelection(examples, 1), TinyTrainings.Options, seed: 5);
        Assert.Equal(initial[0], together.Vector(0));
        Assert.Equal(initial[1], together.Vector(1));
        TinyTrainings.Advance(together, 5);
        TinyTrainings.Advance(second, 5);
        Closeness.AssertClose(second.Vector(), together.Vector(1), 1e-3);
    }

    [Fact]
    public void The_seed_decides_the_order_and_nothing_else_does()
    {
        ImageExamples examples = TinyTrainings.Tasks(1);
        float[] first = TinyTrainings.Train(examples);
        Assert.Equal(first, TinyTrainings.Train(TinyTrainings.Tasks(1)));
        Assert.NotEqual(first, TinyTrainings.Train(examples, seed: 6));
    }

    [Fact]
    public void Shorter_tasks_go_through_their_examples_more_often()
    {
        var examples = new ImageExamples(
            TinyTrainings.Images, [[0, 1, 2], [3]], new ImagePreprocessing([0, 0, 0], [1, 1, 1]));
        var feed = new BatchFeed(examples, batchSize: 6, new Rng(1));
        for (int step = 0; step < 2; step++)
        {
            Assert.Equal([2, 6, 32, 32, 3], feed.Next(step).Shape);
            Assert.All(feed.Labels[6..], label => Assert.Equal(0, label));
        }
        // Two steps of six are one pass over twelve examples: four of each class.
        int[] labels = [.. Enumerable.Range(0, 2).SelectMany(step => { feed.Next(step); return feed.Labels[..6]; })];
        Assert.Equal(
            [4, 4, 4], labels.GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count()));
    }

    [Fact]
    public void The_number_of_steps_follows_epochs_and_the_longest_task()
    {
        ClassifierTraining training = TinyTrainings.Start(TinyTrainings.Tasks(2));
        Assert.Equal((6 * 12 + 6) / 7, training.TotalSteps);
        TinyTrainings.Advance(training, 1);
        Assert.Equal(14, training.Examples);
        ClassifierTraining large = TinyTrainings.Start(TinyTrainings.Tasks(1), new TrainingOptions { BatchSize = 500 });
        TinyTrainings.Advance(large, 1);
        Assert.Equal(12, large.Examples);
        TinyTrainings.Advance(training, training.TotalSteps - 1);
        Assert.Equal("All 11 steps are taken.", Assert.Throws<InvalidOperationException>(
            () => training.Advance()).Message);
    }

    [Fact]
    public void All_faults_of_a_training_are_named_at_once()
    {
        var rows = new RowExamples([1, 2, 3, 4, 5, 6], [0, 3, 1], new FeaturePreprocessing([], [], []));
        var spec = new MlpSpec { Classes = 3, Inputs = 3 };
        Assert.Equal(
            "This training cannot start. Examples of shape (2) do not fit inputs of shape (3). Task 0 has labels " +
            "from 0 to 3, the p-model 3 classes. 9 initial parameters are not the 227 of the architecture.",
            Assert.Throws<ModelInputException>(
                () => new ClassifierTraining(spec, new float[9], rows, new TrainingOptions(), seed: 1)).Message);
        Assert.Equal(
            "This training cannot start. 0 inputs are not between 1 and 1000000. Epochs is 0; it is from 1.",
            Assert.Throws<ModelInputException>(() => new ClassifierTraining(
                spec with { Inputs = 0 }, new float[9], rows, new TrainingOptions { Epochs = 0 }, seed: 1)).Message);
        Assert.Equal(
            "This training cannot start. There is no task.",
            Assert.Throws<ModelInputException>(
                () => TinyTrainings.Start(new TaskSelection(TinyTrainings.Tasks(1)))).Message);
        Assert.Equal(
            "This training cannot start. 2 initial vectors do not fit 3 tasks.",
            Assert.Throws<ModelInputException>(() => new ClassifierTraining(
                TinyTrainings.Spec, [new float[345], new float[345]], TinyTrainings.Tasks(3), TinyTrainings.Options,
                seed: 1)).Message);
    }

    [Fact]
    public void Rows_of_numbers_are_learnt_by_an_MLP()
    {
        var rng = new Rng(3);
        const int rows = 200;
        float[] values = new float[rows * 2];
        rng.FillNormal(values, 10, 3);
        int[] labels = [.. Enumerable.Range(0, rows).Select(i => values[2 * i] + values[2 * i + 1] > 20 ? 1 : 0)];
        FeaturePreprocessing preprocessing = FeaturePreprocessing.Fit(["a", "b"], values);
        var examples = new RowExamples(values, labels, preprocessing);
        var spec = new MlpSpec { Classes = 2, Inputs = 2, Hidden = [8], Skip = true };
        var training = new ClassifierTraining(
            spec, spec.Initialize(new Rng(1)), examples, new TrainingOptions { Epochs = 30, BatchSize = 32 }, seed: 1);
        TinyTrainings.Advance(training, training.TotalSteps);
        Assert.InRange(
            Accuracy.Of(spec, training.Vector(), examples, cancel: TestContext.Current.CancellationToken), 0.97, 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 2)]
    public void Rows_that_cannot_be_cut_are_refused(int numbers, int labels) => Assert.StartsWith(
        $"{numbers} numbers are not {labels} rows.",
        Assert.Throws<ArgumentException>(
            () => new RowExamples(new float[numbers], new int[labels], new FeaturePreprocessing([], [], []))).Message);

    [Fact]
    public void Rows_of_another_width_than_the_preprocessing_are_refused() => Assert.StartsWith(
        "3 means and 3 deviations do not fit 2 inputs.",
        Assert.Throws<ArgumentException>(
            () => new RowExamples([1, 2, 3, 4], [0, 1], new FeaturePreprocessing([], [0, 0, 0], [1, 1, 1]))).Message);

    /// <summary>The tolerance is for sums, which are taken in another order at each kernel level.</summary>
    private static void AssertPinned(float[] pinned, float[] losses)
    {
        string actual = string.Join(", ", losses.Select(loss => $"{loss:F4}f"));
        Assert.True(
            pinned.Length == losses.Length && pinned.Zip(losses).All(p => Math.Abs(p.Second / p.First - 1) < 1e-3),
            $"The losses are {actual}.");
    }
}
