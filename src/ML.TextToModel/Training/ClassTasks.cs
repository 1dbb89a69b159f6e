namespace ML.TextToModel.Training;

/// <summary>
/// Tasks over labelled examples: a task is a list of classes, its examples are theirs, its labels the places in the
/// list.
/// </summary>
internal sealed class ClassTasks
{
    private readonly int[][] _ofClass;
    private readonly int[][] _examples, _labels;

    /// <summary>Cuts tasks.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="tasks">The classes of each task; null for one task of all.</param>
    /// <exception cref="ArgumentException">
    /// A task has no examples, or names a class twice or one that is not there.
    /// </exception>
    public ClassTasks(ReadOnlySpan<int> labels, int classes, IReadOnlyList<IReadOnlyList<int>>? tasks)
    {
        List<int>[] ofClass = [.. Enumerable.Range(0, classes).Select(_ => new List<int>())];
        for (int i = 0; i < labels.Length; i++) ofClass[labels[i]].Add(i);
        _ofClass = [.. ofClass.Select(list => list.ToArray())];
        (_examples, _labels) = Cut(tasks ?? [[.. Enumerable.Range(0, classes)]]);
    }

    private ClassTasks(ClassTasks all, IReadOnlyList<IReadOnlyList<int>> tasks)
    {
        _ofClass = all._ofClass;
        (_examples, _labels) = Cut(tasks);
    }

    /// <summary>The number of tasks.</summary>
    public int Count => _examples.Length;

    /// <summary>The examples of a task, as indices of all.</summary>
    public ReadOnlySpan<int> Examples(int task) => _examples[task];

    /// <summary>The labels of a task's examples, within it.</summary>
    public ReadOnlySpan<int> Labels(int task) => _labels[task];

    /// <summary>Other tasks over the same examples.</summary>
    /// <inheritdoc cref="ClassTasks(ReadOnlySpan{int}, int, IReadOnlyList{IReadOnlyList{int}})" path="/exception"/>
    public ClassTasks With(IReadOnlyList<IReadOnlyList<int>> tasks) => new(this, tasks);

    private (int[][] Examples, int[][] Labels) Cut(IReadOnlyList<IReadOnlyList<int>> tasks)
    {
        int[][] examples = new int[tasks.Count][], labels = new int[tasks.Count][];
        for (int t = 0; t < tasks.Count; t++)
        {
            if (tasks[t].Any(c => (uint)c >= (uint)_ofClass.Length) || tasks[t].Distinct().Count() != tasks[t].Count)
                throw new ArgumentException($"Task {t} names a class twice, or one that is not there.", nameof(tasks));
            examples[t] = [.. tasks[t].SelectMany(c => _ofClass[c])];
            labels[t] = [.. tasks[t].SelectMany((c, label) => Enumerable.Repeat(label, _ofClass[c].Length))];
            if (examples[t].Length == 0) throw new ArgumentException($"Task {t} has no images.", nameof(tasks));
        }
        return (examples, labels);
    }
}
