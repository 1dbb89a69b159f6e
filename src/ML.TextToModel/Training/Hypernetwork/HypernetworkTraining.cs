using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains a hypernetwork through the loss of the networks that it emits: each takes some steps of its own, and the
/// hypernetwork is moved so that it would emit what they became.
/// </summary>
internal sealed class HypernetworkTraining : ITraining
{
    private readonly HypernetworkNetwork _network;
    private readonly IReadOnlyList<HypernetworkTask> _tasks;
    private readonly HypernetworkTrainingOptions _options;
    private readonly Rng _rng;
    private readonly AdamW _optimizer;
    private readonly ExponentialAverage _average;
    private readonly BatchFeed[] _feeds;
    private readonly int _fewRows;

    /// <summary>Prepares a training at its first step.</summary>
    public HypernetworkTraining(
        HypernetworkNetwork network, IReadOnlyList<HypernetworkTask> tasks, HypernetworkTrainingOptions options,
        ulong seed)
    {
        (_network, _tasks, _options, _rng) = (network, tasks, options, new Rng(seed));
        _fewRows = Math.Min(options.FewRows, tasks.Max(task => task.Rows.Labels.Length));
        _optimizer = new AdamW(
            network.Parameters, new() { Rate = options.Rate, Decay = options.Decay, ClipNorm = options.ClipNorm });
        _average = new ExponentialAverage(network.Parameters, options.AverageDecay);
        _feeds = [.. tasks.Select((task, i) =>
            new BatchFeed(task.Rows, options.Rows, _rng.Split("rows").Split((ulong)i)))];
    }

    /// <inheritdoc/>
    public int Step => _optimizer.StepCount;

    /// <inheritdoc/>
    public int TotalSteps => _options.Steps;

    /// <inheritdoc/>
    /// <remarks>As if tasks of few rows took part in all steps.</remarks>
    public long Examples => (long)Step * Math.Min(_options.Tasks, _tasks.Count) * _options.Rows * _options.LocalSteps;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. _network.Parameters, .. Named("vectors", _network.Vectors), .. Named("average", _average.Parameters),
        .. Named("optimizer", _optimizer.State),
    ];

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        Rng rng = _rng.Split((ulong)Step);
        using TensorScope scope = new();
        if (_options.SpectralNorm) _network.Normalise();
        int[] drawn = Draw(rng);
        Tensor? sum = null;
        double loss = 0;
        foreach (int task in drawn)
        {
            Tensor emitted = _network.Forward(Condition(_tasks[task], rng), rng.Split("dropout").Split((ulong)task));
            (Tensor direction, float own) = Descend(task, emitted, rng.Split("noise").Split((ulong)task));
            loss += own / drawn.Length;
            Tensor part = (emitted * direction).Sum();
            sum = sum is null ? part : sum + part;
        }
        _optimizer.Rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _options.WarmUp, TotalSteps);
        _optimizer.Step((sum! * (1f / drawn.Length)).Backward());
        _average.Update();
        return (float)loss;
    }

    /// <inheritdoc/>
    public void ResumeAt(int step) => _optimizer.StepCount = step;

    /// <summary>The network with the running mean of the weights, normalised for good.</summary>
    public HypernetworkNetwork Trained()
    {
        HypernetworkNetwork copy = new(_network.Options, new Rng(0));
        copy.Parameters.CopyFrom(_average.Parameters);
        copy.Vectors.CopyFrom(_network.Vectors);
        if (_options.SpectralNorm) copy.Fold();
        return copy;
    }

    /// <summary>The tasks of a step, at least one.</summary>
    private int[] Draw(Rng rng)
    {
        int[] order = rng.Permutation(_tasks.Count);
        int[] drawn =
        [
            .. order.Take(_options.Tasks)
                .Where(task => rng.NextDouble() * _fewRows < _tasks[task].Rows.Labels.Length),
        ];
        return drawn.Length > 0 ? drawn : order[..1];
    }

    /// <summary>The task in one of its wordings, with noise.</summary>
    private TaskCondition Condition(HypernetworkTask task, Rng rng)
    {
        TaskCondition condition = task.Conditions[rng.NextInt(task.Conditions.Count)];
        float[] requirement = [.. condition.Requirement];
        for (int i = 0; i < requirement.Length; i++) requirement[i] += (float)(_options.Noise * rng.NextNormal());
        return condition with { Requirement = requirement };
    }

    /// <summary>
    /// The way that an emitted network comes by steps of its own, as a mean gradient, and its loss before them.
    /// </summary>
    private (Tensor Direction, float Loss) Descend(int task, Tensor emitted, Rng rng)
    {
        PModelSpec spec = _network.SpecOf(_tasks[task].Conditions[0]);
        BatchFeed feed = _feeds[task];
        Tensor parameters = emitted.Detach();
        Tensor? way = null;
        float first = 0;
        for (int i = 0; i < _options.LocalSteps; i++)
        {
            parameters = parameters.Detach();
            parameters.RequiresGradient = true;
            Tensor inputs = Noisy(feed.Next(Step * _options.LocalSteps + i), rng.Split((ulong)i));
            Tensor loss = spec.Forward(spec.Layout.Split(parameters), inputs)
                .CrossEntropy(feed.Labels, _options.LabelSmoothing);
            if (i == 0) first = loss.Item();
            Tensor gradient = loss.Backward()[parameters];
            way = way is null ? gradient : way + gradient;
            parameters += gradient * -_options.LocalRate;
        }
        return ((way! * (1f / _options.LocalSteps)).Detach(), first);
    }

    private Tensor Noisy(Tensor inputs, Rng rng) => _options.RowNoise == 0
        ? inputs
        : inputs + Tensor.Normal(inputs.Shape, rng) * (float)_options.RowNoise;

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(string prefix, ParameterSet tensors) =>
        tensors.Select(tensor => KeyValuePair.Create($"{prefix}/{tensor.Key}", tensor.Value));
}
