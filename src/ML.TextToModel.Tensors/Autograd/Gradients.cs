using System.Diagnostics.CodeAnalysis;

namespace ML.TextToModel.Tensors.Autograd;

/// <summary>
/// The gradients of one number with respect to the tensors that asked for one (<see cref="Tensor.RequiresGradient"/>).
/// They live in the scope in which they were computed. For reading only: some share memory with each other, and some
/// are views that repeat elements.
/// </summary>
public sealed class Gradients
{
    private readonly Dictionary<Tensor, Tensor> _gradients;

    internal Gradients(int capacity) => _gradients = new(capacity, ReferenceEqualityComparer.Instance);

    /// <summary>The gradient with respect to <paramref name="tensor"/>, of its shape.</summary>
    /// <exception cref="KeyNotFoundException">
    /// The number does not depend on the tensor, or no gradient was asked for.
    /// </exception>
    public Tensor this[Tensor tensor] => _gradients.TryGetValue(tensor, out Tensor? gradient)
        ? gradient
        : throw new KeyNotFoundException(
            $"There is no gradient for this tensor of shape {tensor.Shape}: set RequiresGradient before it is used.");

    /// <summary>The number of tensors with a gradient.</summary>
    public int Count => _gradients.Count;

    /// <summary>The gradient with respect to <paramref name="tensor"/>, if the number depends on it.</summary>
    public bool TryGet(Tensor tensor, [NotNullWhen(true)] out Tensor? gradient) =>
        _gradients.TryGetValue(tensor, out gradient);

    internal void Add(Tensor tensor, Tensor gradient) =>
        _gradients[tensor] = _gradients.TryGetValue(tensor, out Tensor? sum) ? sum + gradient : gradient;

    internal void Replace(Tensor tensor, Tensor gradient) => _gradients[tensor] = gradient;
}
