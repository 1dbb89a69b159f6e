using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>One parameter tensor of a p-model and its place in the flat vector of all parameters.</summary>
/// <param name="Name">For example <c>conv1.weight</c>.</param>
/// <param name="Shape">The tensor's sizes.</param>
/// <param name="Offset">The place of its first element.</param>
/// <param name="FanIn">Inputs of one unit, for initialisation.</param>
/// <param name="PerClass">Whether entry c of the first axis belongs to class c and to no other.</param>
public sealed record ParameterSlot(string Name, Shape Shape, int Offset, int FanIn, bool PerClass)
{
    /// <summary>The number of elements.</summary>
    public int Count => Shape.ElementCount;

    /// <summary>The part of a flat vector that this tensor takes.</summary>
    public Span<float> Of(Span<float> parameters) => parameters.Slice(Offset, Count);

    /// <inheritdoc cref="Of(Span{float})"/>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> parameters) => parameters.Slice(Offset, Count);

    /// <summary>Whether that part holds neither an infinity nor NaN.</summary>
    internal bool IsFinite(ReadOnlySpan<float> parameters) =>
        !Of(parameters).ContainsAnyExceptInRange(float.MinValue, float.MaxValue);
}

/// <summary>
/// How the parameters of a p-model lie in one flat vector: tensor after tensor, each in row-major order. The only place
/// that knows how weights become a vector and back.
/// </summary>
public sealed class ParameterLayout
{
    internal ParameterLayout(IEnumerable<(string Name, Shape Shape, int FanIn, bool PerClass)> tensors)
    {
        List<ParameterSlot> slots = [];
        foreach ((string name, Shape shape, int fanIn, bool perClass) in tensors)
        {
            slots.Add(new ParameterSlot(name, shape, Count, fanIn, perClass));
            Count = checked(Count + shape.ElementCount);
        }
        Slots = slots;
    }

    /// <summary>No tensors.</summary>
    public static ParameterLayout Empty { get; } = new([]);

    /// <summary>The tensors in order.</summary>
    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>The number of parameters in all.</summary>
    public int Count { get; }

    /// <summary>The slot of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ParameterSlot this[string name] => Slots.FirstOrDefault(slot => slot.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no parameter '{name}'; there are: {string.Join(", ", Slots.Select(slot => slot.Name))}.");

    /// <summary>The first tensor that holds an infinity or NaN; null if none does.</summary>
    internal ParameterSlot? FirstNotFinite(ReadOnlySpan<float> parameters)
    {
        foreach (ParameterSlot slot in Slots)
            if (!slot.IsFinite(parameters)) return slot;
        return null;
    }

    /// <summary>
    /// Cuts vectors (T, <see cref="Count"/>) into one tensor (T, …shape) per slot. Gradients flow through.
    /// </summary>
    /// <exception cref="ArgumentException">The vectors have another length.</exception>
    public Tensor[] Split(Tensor vectors)
    {
        if (vectors.Shape.Rank != 2 || vectors.Shape[1] != Count)
            throw new ArgumentException(
                $"Vectors of shape {vectors.Shape} do not hold {Count} parameters each.", nameof(vectors));
        return [.. Slots.Select(slot =>
            vectors.Narrow(1, slot.Offset, slot.Count).Reshape(slot.Shape.Insert(0, vectors.Shape[0])))];
    }

    /// <summary>Undoes <see cref="Split"/>: tensors (T, …shape) to vectors (T, <see cref="Count"/>).</summary>
    /// <exception cref="ArgumentException">
    /// There are more or fewer tensors than slots, or one has another shape.
    /// </exception>
    public Tensor Join(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.Count != Slots.Count)
            throw new ArgumentException($"{tensors.Count} tensors do not fill {Slots.Count} slots.", nameof(tensors));
        for (int i = 0; i < Slots.Count; i++)
            if (tensors[i].Shape != Slots[i].Shape.Insert(0, tensors[0].Shape[0]))
                throw new ArgumentException(
                    $"A tensor of shape {tensors[i].Shape} is not one {Slots[i].Shape} per p-model.", nameof(tensors));
        return Tensor.Concat(1, [.. tensors.Select(tensor => tensor.Reshape(tensor.Shape[0], -1))]);
    }
}
