using System.Diagnostics;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

/// <summary>Prediction of one row: the same as a forward pass, without allocation, on any thread.</summary>
[Collection(nameof(EngineSettings))]
public sealed class PredictorTests
{
    private const int Threads = 8;

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Predict_equals_a_forward_pass(string name) => CheckAgainstForward(SmallModels.Specs[name]);

    [Theory, InlineData(2), InlineData(10), InlineData(100)]
    public void Predict_with_the_CNN_of_Tina_equals_a_forward_pass(int classes) =>
        CheckAgainstForward(new CnnSpec { Classes = classes });

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Predict_allocates_nothing_after_the_first_call(string name) =>
        Assert.Equal(0, AllocatedBy100Predictions(SmallModels.Specs[name]));

    [Fact]
    public void Predict_with_the_CNN_of_Tina_allocates_nothing_after_the_first_call() =>
        Assert.Equal(0, AllocatedBy100Predictions(new CnnSpec { Classes = 10 }));

    [Fact]
    public void Many_threads_may_predict_at_once_with_several_classifiers()
    {
        FittedClassifier[] classifiers =
        [
            SmallModels.Classifier(new CnnSpec { Classes = 10 }),
            SmallModels.Classifier(SmallModels.Specs["mlp with skip"]),
            SmallModels.Classifier(SmallModels.Specs["linear"]), SmallModels.Classifier(SmallModels.Specs["cnn"]),
        ];
        float[][][] rows = [.. classifiers.Select(classifier => SmallModels.Rows(classifier, 20))];
        float[][][] expected =
            [.. classifiers.Select((c, i) => rows[i].Select(row => SmallModels.Predict(c, row)).ToArray())];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            for (int k = 0; k < 40; k++)
                for (int i = 0; i < classifiers.Length; i++)
                {
                    int row = (k * 7 + number) % rows[i].Length;
                    float[] probabilities = SmallModels.Predict(classifiers[i], rows[i][row]);
                    if (!probabilities.SequenceEqual(expected[i][row])) Interlocked.Increment(ref wrong);
                }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_classifier_that_nobody_holds_lives_until_its_prediction_is_done()
    {
        float[] row = SmallModels.Rows(SmallModels.Classifier(new CnnSpec { Classes = 10 }), 1)[0];
        float[] expected = SmallModels.Predict(SmallModels.Classifier(new CnnSpec { Classes = 10 }), row);
        var collecting = new Thread(() =>
        {
            // The pause lets the predictions get on between the collections, which stop all threads.
            for (int i = 0; i < 50; i++, Thread.Sleep(1)) GC.Collect(0);
        });
        collecting.Start();
        for (int i = 0; i < 50; i++)
            Assert.Equal(expected, SmallModels.Predict(SmallModels.Classifier(new CnnSpec { Classes = 10 }), row));
        collecting.Join();
    }

    // The aim is 20 µs for an MLP and 150 µs for the CNN, in a release build on an idle machine; the limits here leave
    // room for debug builds on busy ones.
    [Fact]
    public void Predict_takes_microseconds()
    {
        double mlp =
            Microseconds(new MlpSpec { Classes = 10, Inputs = 100, Hidden = [64, 32], Skip = true }, repeats: 2000);
        double linear = Microseconds(new LinearSpec { Classes = 10, Inputs = 512 }, repeats: 2000);
        double cnn = Microseconds(new CnnSpec { Classes = 10 }, repeats: 200);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"One row: MLP 100-64-32-10 with skip {mlp:F1} µs, linear 512-10 {linear:F1} µs, CNN {cnn:F1} µs.");
        Assert.InRange(mlp, 0, 2_000);
        Assert.InRange(linear, 0, 2_000);
        Assert.InRange(cnn, 0, 50_000);
    }

    private static void CheckAgainstForward(PModelSpec spec)
    {
        FittedClassifier classifier = SmallModels.Classifier(spec);
        float[] input = new float[spec.InputShape.ElementCount], logits = new float[spec.Classes];
        Tensor[] parameters = spec.Layout.Split(Tensor.From(classifier.Parameters, [1, spec.Layout.Count]));
        IPredictor predictor = spec.CreatePredictor(classifier.Parameters.ToArray());
        foreach (float[] row in SmallModels.Rows(classifier, 5))
        {
            classifier.Preprocessing.Apply(row, input);
            Tensor expected = spec.Forward(parameters, Tensor.From(input, spec.InputShape.Insert(0, 1).Insert(0, 1)));
            predictor.Predict(input, logits);
            Closeness.AssertClose(expected.ToArray(), logits, 1e-5, "logits");
            Closeness.AssertClose(
                expected.Softmax().ToArray(), SmallModels.Predict(classifier, row), 1e-5, "probabilities");
        }
    }

    private static long AllocatedBy100Predictions(PModelSpec spec)
    {
        FittedClassifier classifier = SmallModels.Classifier(spec);
        float[] row = SmallModels.Rows(classifier, 1)[0], probabilities = new float[spec.Classes];
        classifier.Predict(row, probabilities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) classifier.Predict(row, probabilities);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The least mean of five runs.</summary>
    private static double Microseconds(PModelSpec spec, int repeats)
    {
        FittedClassifier classifier = SmallModels.Classifier(spec);
        float[] row = SmallModels.Rows(classifier, 1)[0], probabilities = new float[spec.Classes];
        double least = double.PositiveInfinity;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++) classifier.Predict(row, probabilities);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats);
        }
        return least;
    }
}
