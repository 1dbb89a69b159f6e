using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// A training of T p-models of one architecture side by side, each on its own task. It advances step by step and can be
/// saved and resumed at any of them, to the same bits on one machine, whatever the number of threads.
/// </summary>
/// <remarks>
/// The p-models do not influence each other: up to rounding, each comes out as if it were trained alone
/// (<see cref="TaskSelection"/>) for as many steps of the same batch size. Both are those of the task with the most
/// examples; tasks with fewer go through theirs more often.
/// </remarks>
public sealed class ClassifierTraining : ITraining
{
    private readonly PModelSpec _spec;
    private readonly TrainingOptions _options;
    private readonly BatchFeed _feed;
    private readonly Tensor[] _tensors;
    private readonly Optimizer _optimizer;
    private readonly int _tasks, _warmUp;

    /// <summary>A training of one p-model per task, all from the same parameters.</summary>
    /// <inheritdoc
    /// cref="ClassifierTraining(PModelSpec, IReadOnlyList{float[]}, IExampleSource, TrainingOptions, ulong)"/>
    public ClassifierTraining(
        PModelSpec spec, float[] initial, IExampleSource examples, TrainingOptions options, ulong seed)
        : this(spec, [initial], examples, options, seed) { }

    /// <summary>Prepares a training at its first step.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="initial">
    /// The parameters to start from, in layout order: one vector for each p-model, or one for all.
    /// </param>
    /// <param name="examples">The examples of each p-model's task.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the order of examples and their random changes.</param>
    /// <exception cref="ModelInputException">
    /// The options are out of range, or the examples do not fit the architecture; the message names every fault.
    /// </exception>
    public ClassifierTraining(
        PModelSpec spec, IReadOnlyList<float[]> initial, IExampleSource examples, TrainingOptions options, ulong seed)
    {
        List<string> faults = [.. spec.Faults(), .. options.Faults()];
        if (faults.Count == 0)
            faults.AddRange([.. ExampleFaults(spec, examples), .. InitialFaults(spec, initial, examples.Tasks)]);
        if (faults.Count > 0) throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_spec, _options, _tasks) = (spec, options, examples.Tasks);
        int longest = Enumerable.Range(0, _tasks).Max(examples.Count);
        _feed = new BatchFeed(examples, Math.Min(options.BatchSize, longest), new Rng(seed));
        TotalSteps = (int)Math.Ceiling((double)options.Epochs * longest / _feed.BatchSize);
        _warmUp = (int)(options.WarmUp * TotalSteps);
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            Tensor tensor = Tensor.Zeros(slot.Shape.Insert(0, _tasks)).Clone();
            for (int t = 0; t < _tasks; t++)
                slot.Of(initial[t % initial.Count]).CopyTo(tensor.AsSpan()[(t * slot.Count)..]);
            tensor.RequiresGradient = true;
            Parameters.Add(slot.Name, tensor);
        }
        _tensors = [.. Parameters.Select(parameter => parameter.Value)];
        _optimizer = options.Optimizer switch
        {
            OptimizerKind.AdamW =>
                new AdamW(Parameters, new AdamWOptions { Rate = options.Rate, Decay = options.Decay }),
            _ => new Sgd(Parameters, new SgdOptions { Rate = options.Rate, Decay = options.Decay, Nesterov = true }),
        };
    }

    /// <summary>Steps taken so far.</summary>
    public int Step => _optimizer.StepCount;

    /// <summary>Steps of the whole training.</summary>
    public int TotalSteps { get; }

    /// <summary>Examples seen so far, over all p-models.</summary>
    public long Examples => (long)Step * _tasks * _feed.BatchSize;

    /// <summary>The parameters of all p-models, each tensor with a leading axis of length T.</summary>
    internal ParameterSet Parameters { get; } = new();

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        [.. Parameters, .. _optimizer.State.Select(s => KeyValuePair.Create($"optimizer/{s.Key}", s.Value))];

    /// <summary>Takes the next step.</summary>
    /// <returns>The loss of the batch before the step, mean over all p-models.</returns>
    /// <exception cref="InvalidOperationException">All steps are taken.</exception>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        using TensorScope scope = new();
        Tensor inputs = _feed.Next(Step);
        Tensor loss = _spec.Forward(_tensors, inputs).CrossEntropy(_feed.Labels, _options.LabelSmoothing);
        // The mean over all p-models gives each a gradient T times too small for a training of its own.
        Gradients gradients = (loss * _tasks).Backward();
        using (Tensor.NoGradient()) GradientClipping.Clip(gradients, _tensors, _options.ClipNorm);
        _optimizer.Rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _warmUp, TotalSteps);
        _optimizer.Step(gradients);
        return loss.Item();
    }

    /// <summary>The present parameters of one p-model, in layout order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such task.</exception>
    public float[] Vector(int task = 0)
    {
        float[] vector = new float[_spec.Layout.Count];
        for (int i = 0; i < _tensors.Length; i++)
        {
            ParameterSlot slot = _spec.Layout.Slots[i];
            _tensors[i].AsSpan().Slice(task * slot.Count, slot.Count).CopyTo(slot.Of(vector.AsSpan()));
        }
        return vector;
    }

    /// <inheritdoc/>
    public void ResumeAt(int step) => _optimizer.StepCount = step;

    private static IEnumerable<string> InitialFaults(PModelSpec spec, IReadOnlyList<float[]> initial, int tasks)
    {
        if (initial.Count != 1 && initial.Count != tasks)
            yield return $"{initial.Count} initial vectors do not fit {tasks} tasks.";
        if (initial.FirstOrDefault(vector => vector.Length != spec.Layout.Count) is { } other)
            yield return $"{other.Length} initial parameters are not the {spec.Layout.Count} of the architecture.";
    }

    private static IEnumerable<string> ExampleFaults(PModelSpec spec, IExampleSource examples)
    {
        if (examples.Tasks < 1) yield return "There is no task.";
        if (examples.InputShape != spec.InputShape)
            yield return $"Examples of shape {examples.InputShape} do not fit inputs of shape {spec.InputShape}.";
        for (int t = 0; t < examples.Tasks; t++)
        {
            int[] labels = [.. Enumerable.Range(0, examples.Count(t)).Select(i => examples.Label(t, i))];
            if (labels.Length == 0) yield return $"Task {t} has no examples.";
            else if (labels.Min() < 0 || labels.Max() >= spec.Classes)
                yield return
                    $"Task {t} has labels from {labels.Min()} to {labels.Max()}, the p-model {spec.Classes} classes.";
        }
    }
}
