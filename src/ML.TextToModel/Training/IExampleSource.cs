using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>The labelled examples of T tasks, from which training takes batches.</summary>
public interface IExampleSource
{
    /// <summary>T, the number of tasks; each p-model of a training has one.</summary>
    int Tasks { get; }

    /// <summary>The sizes of one example.</summary>
    Shape InputShape { get; }

    /// <summary>
    /// Names a task to the random numbers of a training, so that it goes the same way whichever tasks are trained
    /// beside it. Default: the task's number.
    /// </summary>
    ulong Key(int task) => (ulong)task;

    /// <summary>The number of examples of a task, from 1.</summary>
    int Count(int task);

    /// <summary>The class of an example, within its task.</summary>
    int Label(int task, int example);

    /// <summary>
    /// Writes examples, ready for the p-model, one after the other. Called by several threads at once.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="examples">Which of its examples.</param>
    /// <param name="augmentation">Chooses random changes to the examples; null to take them as they are.</param>
    /// <param name="inputs">Receives one <see cref="InputShape"/> per example.</param>
    void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs);
}
