using ML.TextToModel.Encoders;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Audits;

/// <summary>
/// Texts in place of those of a task's classes. A generator that follows its prompt does badly with them; one that
/// does not, does not mind.
/// </summary>
public static class ControlPrompts
{
    private static readonly string[] s_ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>
    /// The same classes in another order, along a cycle through all, so that none keeps its own text.
    /// </summary>
    public static int[] Shuffled(IReadOnlyList<int> task, Rng rng)
    {
        int[] order = rng.Permutation(task.Count), texts = new int[task.Count];
        for (int i = 0; i < order.Length; i++) texts[order[i]] = task[order[(i + 1) % order.Length]];
        return texts;
    }

    /// <summary>As many classes that the task does not have; null where there are not that many.</summary>
    /// <param name="task">The task.</param>
    /// <param name="classes">The classes to take from.</param>
    /// <param name="rng">Decides which.</param>
    public static int[]? Others(IReadOnlyList<int> task, IEnumerable<int> classes, Rng rng)
    {
        int[] strangers = [.. classes.Except(task)];
        return strangers.Length < task.Count
            ? null
            : [.. rng.Permutation(strangers.Length)[..task.Count].Select(i => strangers[i])];
    }

    /// <summary>Texts that say nothing: first, second, third, and so on.</summary>
    public static ClassText[] Empty(int count) =>
        [.. Enumerable.Range(0, count).Select(
            i => new ClassText(i < s_ordinals.Length ? s_ordinals[i] : $"number {i + 1}"))];
}
