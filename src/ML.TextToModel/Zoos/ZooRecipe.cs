using ML.TextToModel.Training;

namespace ML.TextToModel.Zoos;

/// <summary>How the classes of a zoo's tasks are drawn.</summary>
public enum TaskMix
{
    /// <summary>All combinations are equally likely.</summary>
    Uniform,

    /// <summary>
    /// Three tasks of any classes to two of pairs from one superclass each and one of whole superclasses.
    /// </summary>
    Superclass,
}

/// <summary>Which p-models a zoo holds and how they are trained.</summary>
public sealed record ZooRecipe
{
    /// <summary>P-models, from 1. Default 1,000.</summary>
    public int Tasks { get; init; } = 1_000;

    /// <summary>Classes of each, from 2. Default 10.</summary>
    public int TaskSize { get; init; } = 10;

    /// <summary>How their classes are drawn. Default: all combinations alike.</summary>
    public TaskMix Mix { get; init; }

    /// <summary>P-models that are trained side by side and share a file, from 1. Default 50.</summary>
    public int Together { get; init; } = 50;

    /// <summary>How each is trained from the generic model. Default: 10 epochs at 1e-2.</summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 10, Rate = 1e-2f };

    /// <summary>Decides the tasks and their trainings. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What is wrong with the settings, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Tasks < 1) yield return $"Tasks is {Tasks}; it is from 1.";
        if (TaskSize < 2) yield return $"TaskSize is {TaskSize}; it is from 2.";
        if (Together < 1) yield return $"Together is {Together}; it is from 1.";
        if (!Enum.IsDefined(Mix)) yield return $"Mix is {Mix}; it is {string.Join(" or ", Enum.GetNames<TaskMix>())}.";
        foreach (string fault in Training.Faults()) yield return fault;
    }
}
