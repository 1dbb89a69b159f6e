using ML.TextToModel.Tensors;

namespace ML.TextToModel.Evaluation;

/// <summary>Draws classification tasks: lists of some of a data set's classes.</summary>
public static class TaskSampler
{
    /// <summary>
    /// <paramref name="count"/> tasks of <paramref name="size"/> different classes out of <paramref name="classes"/>,
    /// all combinations equally likely, no two tasks with the same classes. The order inside a task is random.
    /// </summary>
    /// <exception cref="ArgumentException">There are not that many classes, or not that many combinations.</exception>
    public static int[][] Draw(int classes, int size, int count, Rng rng)
    {
        if (size < 1 || size > classes)
            throw new ArgumentException($"A task of {size} out of {classes} classes is not possible.", nameof(size));
        List<int[]> tasks = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int tries = 0; tasks.Count < count; tries++)
        {
            // Random draws find all of few combinations soon; where they do not, there are none left.
            if (tries > 1000 * (count + 1))
                throw new ArgumentException(
                    $"There are no {count} different tasks of {size} out of {classes} classes.", nameof(count));
            int[] task = rng.Permutation(classes)[..size];
            if (seen.Add(string.Join(',', task.Order()))) tasks.Add(task);
        }
        return [.. tasks];
    }
}
