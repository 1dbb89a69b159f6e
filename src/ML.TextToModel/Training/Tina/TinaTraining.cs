using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains Tina through the classifiers that it generates, through those of a zoo, or both: its
/// <see cref="TinaObjective"/> says which.
/// </summary>
internal sealed class TinaTraining : ITraining
{
    private const string BasePrefix = "base.";

    private readonly TinaNetwork _network;
    private readonly ITaskExamples _images;
    private readonly ClassConditions _conditions;
    private readonly int[] _known;
    private readonly ZooSample? _zoo;
    private readonly HeldOutBase? _heldOut;
    private readonly PromptFeatures? _prompts;
    private readonly TinaTrainingOptions _options;
    private readonly NoiseSchedule _schedule;
    private readonly Rng _rng;
    private readonly AdamW _optimizer, _baseOptimizer;
    private readonly ExponentialAverage _average;

    /// <summary>Prepares a training at its first step.</summary>
    /// <param name="network">What to train.</param>
    /// <param name="images">The images.</param>
    /// <param name="conditions">The conditions of each class of the images.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides tasks, images and noise.</param>
    /// <param name="known">The classes that tasks are drawn from. Default: all.</param>
    /// <param name="zoo">Trained p-models, where the objective needs them.</param>
    /// <param name="heldOut">The base of class rows, where classes are held out from it.</param>
    /// <param name="prompts">Features of images, where classes are prompted by them too.</param>
    /// <exception cref="ModelInputException">An option is out of range, or the zoo is missing.</exception>
    public TinaTraining(
        TinaNetwork network, ITaskExamples images, ClassConditions conditions, TinaTrainingOptions options, ulong seed,
        IReadOnlyList<int>? known = null, ZooSample? zoo = null, HeldOutBase? heldOut = null,
        PromptFeatures? prompts = null)
    {
        _known = [.. known ?? [.. Enumerable.Range(0, conditions.Classes)]];
        List<string> faults = [.. options.Faults(_known.Length)];
        if (options.Objective != TinaObjective.Task && zoo is null)
            faults.Add($"The objective {options.Objective} needs a zoo.");
        if (options.PermuteChannels && zoo?.Spec is not CnnSpec)
            faults.Add("Only CNNs of a zoo have channels to permute.");
        if (faults.Count > 0) throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_network, _images, _conditions, _zoo, _options) = (network, images, conditions, zoo, options);
        (_heldOut, _prompts) = (heldOut, prompts);
        _schedule = new NoiseSchedule(options.Noise);
        _rng = new Rng(seed);
        AdamWOptions adam = new() { Rate = options.Rate, Decay = options.Decay, ClipNorm = options.ClipNorm };
        _optimizer = new AdamW(Part(isBase: false), adam);
        _baseOptimizer = new AdamW(Part(isBase: true), adam with { Decay = 0 });
        _average = new ExponentialAverage(Trained(), options.AverageDecay);
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
        .. Trained(),
        .. Named("average", _average.Parameters), .. Named("optimizer", _optimizer.State),
        .. Named("base_optimizer", _baseOptimizer.State),
    ];

    /// <summary>The running mean of the network's weights.</summary>
    public ParameterSet Average()
    {
        ParameterSet average = new();
        foreach ((string name, _) in _network.Parameters) average.Add(name, _average.Parameters[name].Clone());
        _heldOut?.Fit(_average.Parameters[HeldOutBase.RowsName], average);
        return average;
    }

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        Rng rng = _rng.Split((ulong)Step);
        using TensorScope scope = new();
        Tensor loss = _options.Objective == TinaObjective.Task ? OfGenerated(rng) : OfZoo(rng);
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

    /// <summary>The loss of classifiers that are generated from noise alone, of tasks that are drawn.</summary>
    private Tensor OfGenerated(Rng rng)
    {
        double logSize = rng.NextUniform(Math.Log(_options.MinClasses), Math.Log(_options.MaxClasses + 1));
        int size = Math.Clamp((int)Math.Exp(logSize), _options.MinClasses, _options.MaxClasses);
        int[][] tasks =
        [
            .. Enumerable.Range(0, _options.Tasks)
                .Select(_ => rng.Permutation(_known.Length)[..size].Select(place => _known[place]).ToArray()),
        ];
        Tensor conditions = Conditions(tasks, rng);
        TokenValues noise = _network.Noise(tasks.Length, size, rng.Split("noise"));
        float[] signal = new float[tasks.Length];
        Array.Fill(signal, (float)Math.Sqrt(_schedule.Signal(_schedule.Steps)));
        return OfClassifiers(
            _network.Forward(noise, signal, Disturbed(conditions, rng.Split("disturbance"))), conditions, tasks, rng);
    }

    /// <summary>
    /// A condition of each class, (T, C, length). Where there are image prompts, half of the tasks have texts alone,
    /// and a quarter each images alone and the mean of both.
    /// </summary>
    private Tensor Conditions(int[][] tasks, Rng rng)
    {
        Tensor texts = _conditions.Draw(tasks, rng.Split("conditions"));
        if (_prompts is null) return texts;
        Rng ofImages = rng.Split("prompts");
        float[] shares = [.. tasks.Select(_ => ofImages.NextInt(4) switch { 0 => 1f, 1 => 0.5f, _ => 0 })];
        Tensor ofImage = Tensor.From(shares, [shares.Length, 1, 1]);
        Tensor images = _network.ConditionsOfImages(_prompts.Draw(tasks, _options.PromptImages, ofImages));
        return texts * (1 - ofImage) + images * ofImage;
    }

    private Tensor Disturbed(Tensor conditions, Rng rng)
    {
        if (_options.ConditionNoise == 0) return conditions;
        double deviation = _options.ConditionNoise * ConditionSpace.Size / Math.Sqrt(_conditions.Length);
        return conditions + Tensor.Normal(conditions.Shape, rng) * (float)deviation;
    }

    /// <summary>
    /// The squared error of what is predicted from p-models of the zoo with noise and, of the joint objective, the
    /// cross-entropy of these predictions.
    /// </summary>
    private Tensor OfZoo(Rng rng)
    {
        (int[][] tasks, Tensor vectors) = _zoo!.Draw(
            _options.Tasks, _options.ShuffleClasses, _options.PermuteChannels, rng.Split("zoo"));
        Tensor conditions = Conditions(tasks, rng);
        TokenValues clean = _network.Normalise(vectors, conditions);
        TokenValues noise = _network.Noise(tasks.Length, tasks[0].Length, rng.Split("noise"));
        double[] shares = [.. tasks.Select(_ => _schedule.Signal(1 + rng.NextInt(_schedule.Steps)))];
        Tensor ofClean = Factors(shares.Select(Math.Sqrt)), ofNoise = Factors(shares.Select(s => Math.Sqrt(1 - s)));
        TokenValues noisy = clean.Zip(noise, (c, z) => c * ofClean + z * ofNoise);
        TokenValues predicted = _network.Forward(noisy, [.. shares.Select(s => (float)Math.Sqrt(s))], conditions);
        TokenValues error = predicted.Zip(clean, (a, b) => (a - b) * (a - b));
        Tensor loss = (error.Chunks.Sum() + error.Rows.Sum()) * (1f / vectors.Count);
        if (_options.Objective == TinaObjective.Joint)
            loss = loss * _options.DiffusionWeight + OfClassifiers(predicted, conditions, tasks, rng);
        return loss;

        static Tensor Factors(IEnumerable<double> factors)
        {
            float[] values = [.. factors.Select(factor => (float)factor)];
            return Tensor.From(values, [values.Length, 1, 1]);
        }
    }

    /// <summary>The cross-entropy of generated classifiers, each on images of its own task.</summary>
    private Tensor OfClassifiers(TokenValues clean, Tensor conditions, int[][] tasks, Rng rng)
    {
        BatchFeed feed = new(_images.With(tasks), _options.Images, rng.Split("images"));
        Tensor inputs = feed.Next(0);
        PModelSpec spec = _network.SpecOf(tasks[0].Length);
        Tensor vectors = _heldOut is null
            ? _network.Vectors(clean, conditions)
            : _network.Vectors(
                clean, tasks[0].Length, _heldOut.Of(tasks, _options.HoldOut, rng.Split("held out")));
        Tensor[] parameters = spec.Layout.Split(vectors);
        return spec.Forward(parameters, inputs).CrossEntropy(feed.Labels);
    }

    /// <summary>All that is trained, by name.</summary>
    private ParameterSet Trained()
    {
        ParameterSet trained = new();
        foreach ((string name, Tensor tensor) in _network.Parameters) trained.Add(name, tensor);
        if (_heldOut is not null) trained.Add(HeldOutBase.RowsName, _heldOut.Rows);
        return trained;
    }

    private ParameterSet Part(bool isBase)
    {
        ParameterSet part = new();
        foreach ((string name, Tensor tensor) in Trained())
            if (name.StartsWith(BasePrefix, StringComparison.Ordinal) == isBase) part.Add(name, tensor);
        return part;
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(string prefix, ParameterSet tensors) =>
        tensors.Select(tensor => KeyValuePair.Create($"{prefix}/{tensor.Key}", tensor.Value));
}
