using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>
/// The network that emits p-models: the requirement decides what all columns and classes share; each column's weights
/// come from its description and each class's row from the class's, so that there may be any number of both.
/// </summary>
internal sealed class HypernetworkNetwork
{
    private readonly Linear _requirement, _classIn, _ofClass;
    private readonly Linear? _featureIn, _ofFeature;
    private readonly SpectralStack _trunk, _classes;
    private readonly SpectralStack? _features;
    private readonly Linear _classContext, _shared;
    private readonly Linear? _featureContext;
    private readonly Tensor _base;
    private readonly Dropout _dropout;

    /// <summary>Makes a network with random weights.</summary>
    public HypernetworkNetwork(HypernetworkOptions options, Rng rng, double dropout = 0)
    {
        Options = options;
        ParameterBuilder build = new(Parameters, rng), vectors = new(Vectors, rng.Split("vectors"));
        int e = options.ConditionLength, d = options.Width;
        _dropout = new Dropout(dropout);
        _requirement = new Linear(build["requirement"], e, d);
        _trunk = new SpectralStack(build["trunk"], vectors["trunk"], options);
        _classIn = new Linear(build["class_in"], e, d);
        _classContext = new Linear(build["class_context"], d, d, bias: false);
        _classes = new SpectralStack(build["classes"], vectors["classes"], options);
        int n = options.Features, rank = options.Rank;
        _ofClass = new Linear(build["class_row"], d, (n == 0 ? options.Hidden[^1] : n) + 1);
        if (n == 0)
        {
            _featureIn = new Linear(build["feature_in"], TaskCondition.FeatureLength(e), d);
            _featureContext = new Linear(build["feature_context"], d, d, bias: false);
            _features = new SpectralStack(build["features"], vectors["features"], options);
            _ofFeature = new Linear(build["feature_column"], d, options.Hidden[0]);
        }
        _shared = new Linear(build["shared"], d, n == 0 ? options.SharedWeights : 2 * n * rank);
        // What comes before any requirement: an ordinary start, and an adapter that does nothing yet.
        _base = build.Create("base", [_shared.Bias!.Count], (values, r) =>
        {
            values.Clear();
            if (n > 0) r.FillNormal(values[..(n * rank)]);
            else FillWeights(values, r);
        });
    }

    /// <summary>The sizes.</summary>
    public HypernetworkOptions Options { get; }

    /// <summary>The trainable weights.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>Where power iterations stand; part of the state of a training.</summary>
    public ParameterSet Vectors { get; } = new();

    private IEnumerable<SpectralLinear> Spectral =>
        [.. _trunk.Layers, .. _classes.Layers, .. _features?.Layers ?? []];

    /// <summary>The architecture of the p-model of a task.</summary>
    public PModelSpec SpecOf(TaskCondition condition) => Options.Features > 0
        ? new LinearSpec { Inputs = Options.Features, Classes = condition.ClassCount }
        : new MlpSpec
        {
            Inputs = condition.FeatureCount, Hidden = Options.Hidden, Classes = condition.ClassCount,
        };

    /// <summary>Normalises all layers, for the scope that this is called in.</summary>
    public void Normalise()
    {
        foreach (SpectralLinear layer in Spectral) layer.Normalise(1);
    }

    /// <summary>Normalises all layers for good: for use, not for training.</summary>
    public void Fold()
    {
        const int iterations = 50;
        foreach (SpectralLinear layer in Spectral) layer.Fold(iterations);
    }

    /// <summary>The parameters (1, count) of a task's p-model, in the order of its layout.</summary>
    /// <param name="condition">The task.</param>
    /// <param name="rng">Decides what drops out; null in use.</param>
    public Tensor Forward(TaskCondition condition, Rng? rng = null)
    {
        int e = Options.ConditionLength, c = condition.ClassCount;
        Tensor h = _requirement.Forward(Tensor.From(condition.Requirement, [1, e]));
        h = _trunk.Forward(h, _dropout, rng?.Split("trunk"));                                   // (1, D)
        Tensor classes = _classIn.Forward(Tensor.From(condition.Classes, [c, e])) + _classContext.Forward(h);
        Tensor rows = _ofClass.Forward(_classes.Forward(classes, _dropout, rng?.Split("classes")));   // (C, n + 1)
        Tensor shared = _shared.Forward(h) + _base;                                             // (1, shared)
        int n = rows.Shape[1] - 1;
        Tensor weights = rows.Narrow(1, 0, n) * (1 / MathF.Sqrt(n)), biases = rows.Narrow(1, n, 1);
        if (Options.Features > 0) weights = Adapted(weights, shared);
        Tensor[] ofClasses = [weights.Reshape(1, c * n), biases.Reshape(1, c)];
        return Tensor.Concat(
            1, [.. Options.Features > 0 ? [] : Hidden(condition, h, shared, rng?.Split("features")), .. ofClasses]);
    }

    /// <summary>Class rows W behind an adapter x + U D x: W + (W U) D.</summary>
    private Tensor Adapted(Tensor rows, Tensor shared)
    {
        int n = Options.Features, rank = Options.Rank;
        Tensor down = shared.Narrow(1, 0, n * rank).Reshape(rank, n) * (1 / MathF.Sqrt(n));
        Tensor up = shared.Narrow(1, n * rank, n * rank).Reshape(n, rank) * (1 / MathF.Sqrt(rank));
        return rows + rows.MatMul(up).MatMul(down);
    }

    /// <summary>Weights and biases of the hidden layers, each (1, numbers).</summary>
    private IEnumerable<Tensor> Hidden(TaskCondition condition, Tensor h, Tensor shared, Rng? rng)
    {
        int f = condition.FeatureCount, start = Options.Hidden[0];
        Tensor features = Tensor.From(condition.Features, [f, TaskCondition.FeatureLength(Options.ConditionLength)]);
        Tensor columns = _features!.Forward(
            _featureIn!.Forward(features) + _featureContext!.Forward(h), _dropout, rng);
        columns = _ofFeature!.Forward(columns) * MathF.Sqrt(2f / f);                            // (F, units)
        yield return columns.Transpose().Reshape(1, f * start);
        yield return shared.Narrow(1, 0, start);
        for (int i = 1; i < Options.Hidden.Count; i++)
        {
            int inputs = Options.Hidden[i - 1], units = Options.Hidden[i];
            yield return shared.Narrow(1, start, units * inputs) * MathF.Sqrt(2f / inputs);
            yield return shared.Narrow(1, start + units * inputs, units);
            start += units * (inputs + 1);
        }
    }

    /// <summary>Standard normal weights of hidden layers, and biases of 0.</summary>
    private void FillWeights(Span<float> values, Rng rng)
    {
        int start = Options.Hidden[0];
        for (int i = 1; i < Options.Hidden.Count; i++)
        {
            int weights = Options.Hidden[i] * Options.Hidden[i - 1];
            rng.FillNormal(values.Slice(start, weights));
            start += weights + Options.Hidden[i];
        }
    }
}
