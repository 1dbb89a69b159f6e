using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// The baseline TAPER-Mixer (Chen et al. 2023, Train-Once-for-All Personalization, as Tina's paper compares with it): a
/// small network mixes the parameters of base models of all classes from the mean of the class texts' vectors, and the
/// rows of the task's classes are kept. Base models and network are trained through the mixtures of random tasks.
/// </summary>
internal sealed class TaperMixer : ITraining
{
    private const int Bases = 10, Hidden = 256, Tasks = 12, Images = 64, TaskSize = 10;
    private const float BasesRate = 3e-3f, NetworkRate = 1e-3f;

    private readonly CnnSpec _spec;
    private readonly ImageExamples _images;
    private readonly float[] _conditions;
    private readonly int[] _known;
    private readonly Rng _rng;
    private readonly ParameterSet _bases = new(), _network = new();
    private readonly Tensor _models;
    private readonly Mlp _mixing;
    private readonly AdamW _basesOptimizer, _networkOptimizer;

    /// <summary>Prepares a training at its first step.</summary>
    /// <param name="spec">The base models, of all classes.</param>
    /// <param name="generic">The parameters that all of them start from.</param>
    /// <param name="images">The images to learn from, of all classes.</param>
    /// <param name="names">The names of all classes.</param>
    /// <param name="encoder">Makes their vectors.</param>
    /// <param name="known">The classes that tasks are drawn from.</param>
    /// <param name="steps">Steps of the training.</param>
    public TaperMixer(
        CnnSpec spec, float[] generic, ImageExamples images, IReadOnlyList<string> names, ITextEncoder encoder,
        IEnumerable<int> known, int steps)
    {
        (_spec, _images, _known, TotalSteps) = (spec, images, [.. known], steps);
        int length = encoder.Length;
        _conditions = new float[names.Count * length];
        for (int c = 0; c < names.Count; c++) encoder.Encode(names[c], _conditions.AsSpan(c * length, length));
        ConditionSpace.Of([.. _known.SelectMany(c => _conditions[(c * length)..((c + 1) * length)])], length)
            .Apply(_conditions);
        Rng rng = new(1);
        _rng = rng.Split("training");
        _models = new ParameterBuilder(_bases, rng).Create("models", [Bases, generic.Length], Initializers.Zeros);
        for (int i = 0; i < Bases; i++) generic.CopyTo(_models.AsSpan()[(i * generic.Length)..]);
        _mixing = new Mlp(new ParameterBuilder(_network, rng), length, Hidden, Bases, static x => x.Relu());
        _basesOptimizer = new AdamW(_bases, new() { ClipNorm = 1 });
        _networkOptimizer = new AdamW(_network, new() { ClipNorm = 1 });
    }

    public int Step => _networkOptimizer.StepCount;

    public int TotalSteps { get; }

    public long Examples => (long)Step * Tasks * Images;

    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        [.. _bases, .. _network, .. _basesOptimizer.State.Select(t => KeyValuePair.Create($"bases/{t.Key}", t.Value)),
            .. _networkOptimizer.State.Select(t => KeyValuePair.Create($"network/{t.Key}", t.Value))];

    public void ResumeAt(int step) => (_basesOptimizer.StepCount, _networkOptimizer.StepCount) = (step, step);

    public float Advance()
    {
        Rng rng = _rng.Split((ulong)Step);
        using TensorScope scope = new();
        int[][] tasks =
        [
            .. Enumerable.Range(0, Tasks).Select(_ =>
                rng.Permutation(_known.Length)[..TaskSize].Select(place => _known[place]).ToArray()),
        ];
        BatchFeed feed = new(_images.With(tasks), Images, rng.Split("images"));
        Tensor inputs = feed.Next(0), logits = _spec.Forward(_spec.Layout.Split(Mixtures(tasks)), inputs);
        int[] labels = [.. feed.Labels.Select((label, i) => tasks[i / Images][label])];
        Tensor loss = (logits + Others(tasks)).CrossEntropy(labels);
        float factor = (float)Schedule.WarmUpCosine(Step, TotalSteps / 10, TotalSteps);
        (_basesOptimizer.Rate, _networkOptimizer.Rate) = (BasesRate * factor, NetworkRate * factor);
        Gradients gradients = loss.Backward();
        _basesOptimizer.Step(gradients);
        _networkOptimizer.Step(gradients);
        return loss.Item();
    }

    /// <summary>The parameters of a classifier of some of the classes.</summary>
    public float[] Mix(int[] task)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        return ClassifierSelection.Select(
            _spec, Mixtures([task]).ToArray(), _spec with { Classes = task.Length }, task);
    }

    /// <summary>The mixed parameters of all classes for each task, (T, parameters).</summary>
    private Tensor Mixtures(int[][] tasks)
    {
        int length = _conditions.Length / _spec.Classes;
        float[] means = new float[tasks.Length * length];
        for (int t = 0; t < tasks.Length; t++)
            foreach (int c in tasks[t])
                for (int i = 0; i < length; i++)
                    means[t * length + i] += _conditions[c * length + i] / tasks[t].Length;
        return _mixing.Forward(Tensor.From(means, [tasks.Length, length])).Softmax().MatMul(_models);
    }

    /// <summary>(T, 1, classes): far below zero for classes that a task does not have.</summary>
    private Tensor Others(int[][] tasks)
    {
        Tensor others = Tensor.Full([tasks.Length, 1, _spec.Classes], -1e4f);
        for (int t = 0; t < tasks.Length; t++)
            foreach (int c in tasks[t]) others.AsSpan()[t * _spec.Classes + c] = 0;
        return others;
    }
}
