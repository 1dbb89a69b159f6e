using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Some tasks of another source, under their own keys: each is trained as it would be beside all the others.
/// </summary>
/// <param name="source">All tasks.</param>
/// <param name="tasks">The numbers of the chosen ones.</param>
public sealed class TaskSelection(IExampleSource source, params int[] tasks) : IExampleSource
{
    /// <inheritdoc/>
    public int Tasks => tasks.Length;

    /// <inheritdoc/>
    public Shape InputShape => source.InputShape;

    /// <inheritdoc/>
    public ulong Key(int task) => source.Key(tasks[task]);

    /// <inheritdoc/>
    public int Count(int task) => source.Count(tasks[task]);

    /// <inheritdoc/>
    public int Label(int task, int example) => source.Label(tasks[task], example);

    /// <inheritdoc/>
    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs) =>
        source.Fill(tasks[task], examples, augmentation, inputs);
}
