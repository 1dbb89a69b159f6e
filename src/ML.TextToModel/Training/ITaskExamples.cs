namespace ML.TextToModel.Training;

/// <summary>Labelled examples of classes, out of which tasks are cut again and again.</summary>
public interface ITaskExamples
{
    /// <summary>The examples of some tasks; what they are made of is not copied.</summary>
    /// <param name="tasks">The classes of each task, as indices of all.</param>
    /// <exception cref="ArgumentException">
    /// A task has no examples, or names a class twice or one that is not there.
    /// </exception>
    IExampleSource With(IReadOnlyList<IReadOnlyList<int>> tasks);
}
