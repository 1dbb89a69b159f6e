using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains Tina through the cross-entropy of the classifiers that it generates in one step, each on images of its own
/// task: no zoo of trained p-models is needed, and what is copied from one would not help.
/// </summary>
internal sealed class TinaTraining : ITraining
{
    private const string BasePrefix = "base.";

    private readonly TinaNetwork _network;
    private readonly ImageExamples _images;
    private readonly float[] _conditions;
    private readonly int _classes;
    private readonly TinaTrainingOptions _options;
    private readonly Rng _rng;
    private readonly AdamW _optimizer, _baseOptimizer;
    private readonly ExponentialAverage _average;

    /// <summary>Prepares a training at its first step.</summary>
    /// <param name="network">What to train.</param>
    /// <param name="images">The images.</param>
    /// <param name="preprocessing">How pixels become inputs.</param>
    /// <param name="conditions">The vector of each class of the images, one after the other.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides tasks, images and noise.</param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public TinaTraining(
        TinaNetwork network, ImageSet images, ImagePreprocessing preprocessing, float[] conditions,
        TinaTrainingOptions options, ulong seed)
    {
        _classes = images.ClassNames.Count;
        if (options.Faults(_classes).ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_network, _conditions, _options) = (network, conditions, options);
        _images = new ImageExamples(
            images, null, preprocessing, new TrainingOptions { Flip = options.Flip, Shift = options.Shift });
        _rng = new Rng(seed);
        AdamWOptions adam = new() { Rate = options.Rate, Decay = options.Decay, ClipNorm = options.ClipNorm };
        _optimizer = new AdamW(Part(isBase: false), adam);
        _baseOptimizer = new AdamW(Part(isBase: true), adam with { Decay = 0 });
        _average = new ExponentialAverage(network.Parameters, options.AverageDecay);
    }

    /// <inheritdoc/>
    public int Step => _optimizer.StepCount;

    /// <inheritdoc/>
    public int TotalSteps => _options.Steps;

    /// <inheritdoc/>
    public long Examples => (long)Step * _options.Tasks * _options.Images;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. _network.Parameters,
        .. Named("average", _average.Parameters), .. Named("optimizer", _optimizer.State),
        .. Named("base_optimizer", _baseOptimizer.State),
    ];

    /// <summary>The running mean of the weights.</summary>
    public ParameterSet Average => _average.Parameters;

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        Rng rng = _rng.Split((ulong)Step);
        double logSize = rng.NextUniform(Math.Log(_options.MinClasses), Math.Log(_options.MaxClasses + 1));
        int size = Math.Clamp((int)Math.Exp(logSize), _options.MinClasses, _options.MaxClasses);
        int[][] tasks = [.. Enumerable.Range(0, _options.Tasks).Select(_ => rng.Permutation(_classes)[..size])];
        using TensorScope scope = new();
        BatchFeed feed = new(_images.With(tasks), _options.Images, rng.Split("images"));
        Tensor inputs = feed.Next(0), conditions = Conditions(tasks);
        TokenValues clean = _network.Forward(
            _network.Noise(tasks.Length, size, rng.Split("noise")), new float[tasks.Length], conditions);
        PModelSpec spec = _network.SpecOf(size);
        Tensor[] parameters = spec.Layout.Split(_network.Vectors(clean, conditions));
        Tensor loss = spec.Forward(parameters, inputs).CrossEntropy(feed.Labels);
        float rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _options.WarmUp, TotalSteps);
        (_optimizer.Rate, _baseOptimizer.Rate) = (rate, rate * _options.BaseRate);
        Gradients gradients = loss.Backward();
        _optimizer.Step(gradients);
        _baseOptimizer.Step(gradients);
        _average.Update();
        return loss.Item();
    }

    /// <inheritdoc/>
    public void ResumeAt(int step) => (_optimizer.StepCount, _baseOptimizer.StepCount) = (step, step);

    /// <summary>The vectors of the classes of each task, (T, C, length).</summary>
    private Tensor Conditions(int[][] tasks)
    {
        int length = _conditions.Length / _classes, size = tasks[0].Length;
        Tensor conditions = Tensor.Empty([tasks.Length, size, length]);
        for (int i = 0; i < tasks.Length * size; i++)
            _conditions.AsSpan(tasks[i / size][i % size] * length, length)
                .CopyTo(conditions.AsSpan()[(i * length)..]);
        return conditions;
    }

    private ParameterSet Part(bool isBase)
    {
        ParameterSet part = new();
        foreach ((string name, Tensor tensor) in _network.Parameters)
            if (name.StartsWith(BasePrefix, StringComparison.Ordinal) == isBase) part.Add(name, tensor);
        return part;
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(string prefix, ParameterSet tensors) =>
        tensors.Select(tensor => KeyValuePair.Create($"{prefix}/{tensor.Key}", tensor.Value));
}
