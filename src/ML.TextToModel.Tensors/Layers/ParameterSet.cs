using System.Collections;

namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Tensors by name, such as the trainable ones of a network, in the order in which its layers asked for them; names are
/// paths such as <c>blocks.0.attention.query.weight</c>.
/// </summary>
public sealed class ParameterSet : IReadOnlyCollection<KeyValuePair<string, Tensor>>
{
    private readonly OrderedDictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);

    /// <summary>The number of tensors.</summary>
    public int Count => _parameters.Count;

    /// <summary>The number of floats in all tensors.</summary>
    public long Size => _parameters.Values.Sum(tensor => (long)tensor.Count);

    /// <summary>The parameter of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string name] => _parameters.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new KeyNotFoundException(
            $"There is no parameter '{name}'; there are: {string.Join(", ", _parameters.Keys)}.");

    /// <summary>Adds a tensor under a name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Tensor Add(string name, Tensor tensor)
    {
        _parameters.Add(name, tensor);
        return tensor;
    }

    /// <summary>Copies the values of another set with the same names and shapes into this one.</summary>
    /// <exception cref="ArgumentException">The names or shapes differ.</exception>
    public void CopyFrom(ParameterSet other)
    {
        if (other.Count != Count)
            throw new ArgumentException($"{other.Count} parameters do not fit {Count}.", nameof(other));
        foreach ((string name, Tensor target) in _parameters)
        {
            Tensor source = other[name];
            if (source.Shape != target.Shape)
                throw new ArgumentException(
                    $"Parameter '{name}' has shape {target.Shape}, not {source.Shape}.", nameof(other));
            source.CopyTo(target.AsSpan());
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
