using System.Diagnostics;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

/// <summary>What a training asks of threads and memory.</summary>
[Collection(nameof(EngineSettings))]
public sealed class TrainingResourcesTests
{
    [Fact]
    public void The_number_of_threads_never_changes_a_bit()
    {
        float[][] vectors = [.. new[] { 1, 2, 3 }.Select(threads => EngineSettings.WithThreads(
            threads, () => TinyTrainings.Train(TinyTrainings.Tasks(3), task: 2)))];
        Assert.Equal(vectors[0], vectors[1]);
        Assert.Equal(vectors[0], vectors[2]);
    }

    [Theory, InlineData(1), InlineData(8)]
    public void A_steady_step_allocates_less_than_100_KB(int tasks)
    {
        const int steps = 2, limit = 100_000;
        var spec = new CnnSpec { Classes = 3 };
        var options = new TrainingOptions { BatchSize = 64, Epochs = 100 };
        // 72 examples a task, so that passes end in the measured steps.
        var examples = new Repeated(TinyTrainings.Tasks(tasks), times: 6);
        var training = new ClassifierTraining(spec, spec.Initialize(new Rng(1)), examples, options, seed: 1);
        TinyTrainings.Advance(training, 2);
        Assert.Equal(2 * 64 * tasks, training.Examples);
        long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
        TinyTrainings.Advance(training, steps);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long perStep = (GC.GetTotalAllocatedBytes(precise: true) - before) / steps;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{tasks} CNNs, batch 64: {perStep:N0} bytes a step, " +
            $"{steps * 64 * tasks / seconds:N0} images/s.");
        Assert.InRange(perStep, 0, limit);
    }

    /// <summary>Each example of a source several times over.</summary>
    private sealed class Repeated(IExampleSource source, int times) : IExampleSource
    {
        public int Tasks => source.Tasks;

        public Shape InputShape => source.InputShape;

        public int Count(int task) => source.Count(task) * times;

        public int Label(int task, int example) => source.Label(task, example / times);

        public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
        {
            int length = InputShape.ElementCount;
            for (int i = 0; i < examples.Length; i++)
                source.Fill(task, [examples[i] / times], augmentation, inputs.Slice(i * length, length));
        }
    }
}
