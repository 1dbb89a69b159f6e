using ML.TextToModel.Tensors;

namespace ML.TextToModel.Evaluation;

/// <summary>Draws classification tasks: lists of some of a data set's classes.</summary>
public static class TaskSampler
{
    /// <summary>
    /// <paramref name="count"/> tasks of <paramref name="size"/> different classes out of <paramref name="classes"/>,
    /// all combinations equally likely, no two tasks with the same classes, none with those of a task of <paramref
    /// name="except"/>. The order inside a task is random.
    /// </summary>
    /// <exception cref="ArgumentException">There are not that many classes, or not that many combinations.</exception>
    public static int[][] Draw(
        int classes, int size, int count, Rng rng, IEnumerable<IEnumerable<int>>? except = null)
    {
        if (size < 1 || size > classes)
            throw new ArgumentException($"A task of {size} out of {classes} classes is not possible.", nameof(size));
        return Draw(
            count, _ => rng.Permutation(classes)[..size], $"{size} out of {classes} classes", except ?? []);
    }

    /// <summary>
    /// Tasks by three rules in turns of 3 : 2 : 1: any classes; pairs of classes from one superclass each; whole
    /// superclasses, as far as they go. No two tasks have the same classes; the order inside a task is random. (Tina,
    /// arXiv 2405.14132, mixes superclasses in these shares.)
    /// </summary>
    /// <param name="superclasses">The superclass of each class.</param>
    /// <param name="size">Classes of a task.</param>
    /// <param name="count">Tasks.</param>
    /// <param name="rng">Decides them.</param>
    /// <exception cref="ArgumentException">There are not that many classes, or not that many combinations.</exception>
    public static int[][] DrawMixed(IReadOnlyList<int> superclasses, int size, int count, Rng rng)
    {
        const int turns = 6, free = 3, pairs = 5;
        int classes = superclasses.Count;
        if (size < 1 || size > classes)
            throw new ArgumentException($"A task of {size} out of {classes} classes is not possible.", nameof(size));
        return Draw(
            count,
            task => (task % turns) switch
            {
                < free => rng.Permutation(classes)[..size],
                < pairs => FromGroups(2),
                _ => FromGroups(classes),
            },
            $"{size} out of {classes} classes", []);

        // Classes of one superclass after the other, at most so many of each, until there are enough.
        int[] FromGroups(int most)
        {
            int[] order = rng.Permutation(superclasses.Max() + 1), shuffled = rng.Permutation(classes);
            int[] task =
            [
                .. order.SelectMany(group => shuffled.Where(c => superclasses[c] == group).Take(most)).Take(size),
            ];
            if (task.Length < size) return shuffled[..size];   // too few superclasses for pairs
            rng.Shuffle(task.AsSpan());
            return task;
        }
    }

    private static int[][] Draw(
        int count, Func<int, int[]> draw, string kind, IEnumerable<IEnumerable<int>> except)
    {
        List<int[]> tasks = [];
        HashSet<string> seen = new(except.Select(Key), StringComparer.Ordinal);
        for (int tries = 0; tasks.Count < count; tries++)
        {
            // Random draws find all of few combinations soon; where they do not, there are none left.
            if (tries > 1000 * (count + 1))
                throw new ArgumentException($"There are no {count} different tasks of {kind}.", nameof(count));
            int[] task = draw(tasks.Count);
            if (seen.Add(Key(task))) tasks.Add(task);
        }
        return [.. tasks];

        static string Key(IEnumerable<int> task) => string.Join(',', task.Order());
    }
}
