using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// What a training of Tina knows of each class: one or more conditions, of its name and then of descriptions.
/// </summary>
internal sealed class ClassConditions
{
    private readonly float[][] _ofClass;

    /// <summary>Takes the conditions.</summary>
    /// <param name="length">The length of one.</param>
    /// <param name="ofClass">Those of each class, one after the other.</param>
    /// <exception cref="ArgumentException">A class has none, or part of one.</exception>
    public ClassConditions(int length, float[][] ofClass)
    {
        if (ofClass.Any(own => own.Length == 0 || own.Length % length != 0))
            throw new ArgumentException($"A class does not have conditions of {length} numbers.", nameof(ofClass));
        (Length, _ofClass) = (length, ofClass);
    }

    /// <summary>The length of a condition.</summary>
    public int Length { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => _ofClass.Length;

    /// <summary>
    /// A condition of each class of each task, (T, C, length): half the time its name's, else one of the others.
    /// </summary>
    public Tensor Draw(int[][] tasks, Rng rng)
    {
        int size = tasks[0].Length;
        Tensor conditions = Tensor.Empty([tasks.Length, size, Length]);
        for (int i = 0; i < tasks.Length * size; i++)
        {
            float[] own = _ofClass[tasks[i / size][i % size]];
            int others = own.Length / Length - 1, drawn = others == 0 ? 0 : rng.NextInt(2) * (1 + rng.NextInt(others));
            own.AsSpan(drawn * Length, Length).CopyTo(conditions.AsSpan()[(i * Length)..]);
        }
        return conditions;
    }

    /// <summary>The first condition of each class, one after the other.</summary>
    public float[] First() => [.. _ofClass.SelectMany(own => own[..Length])];
}
