using ML.TextToModel.Tensors.Memory;

namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Where layers get their weights from: makes, fills and registers them under a path. Initial values depend on the seed
/// and the path alone, not on the order in which layers are made.
/// </summary>
public sealed class ParameterBuilder
{
    private readonly ParameterSet _parameters;
    private readonly Rng _rng;
    private readonly string _path;

    /// <summary>A builder at the root of <paramref name="parameters"/>.</summary>
    public ParameterBuilder(ParameterSet parameters, Rng rng) : this(parameters, rng, "") { }

    private ParameterBuilder(ParameterSet parameters, Rng rng, string path) =>
        (_parameters, _rng, _path) = (parameters, rng, path);

    /// <summary>The builder one step further down: its weights are named <c>path.name.…</c>.</summary>
    public ParameterBuilder this[string name] => new(_parameters, _rng, $"{_path}{name}.");

    /// <summary>Number <paramref name="index"/> of a list of parts.</summary>
    public ParameterBuilder this[int index] => this[index.ToString()];

    /// <summary>Makes a trainable weight outside any scope, fills and registers it.</summary>
    public Tensor Create(string name, Shape shape, Initializer initializer)
    {
        Tensor tensor = new(new Storage(Math.Max(shape.ElementCount, 1)), 0, shape, shape.ContiguousStrides());
        initializer(tensor.AsSpan(), _rng.Split(_path + name));
        tensor.RequiresGradient = true;
        return _parameters.Add(_path + name, tensor);
    }
}
