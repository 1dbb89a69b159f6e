using ML.TextToModel.Tensors;

namespace ML.TextToModel.Evaluation.Tests;

public sealed class TaskSamplerTests
{
    private static readonly int[] s_superclasses = [.. Enumerable.Range(0, 100).Select(c => c % 20)];

    [Fact]
    public void Mixed_tasks_come_three_to_two_to_one()
    {
        int[][] tasks = TaskSampler.DrawMixed(s_superclasses, 10, 600, new Rng(1));
        Assert.All(tasks, task => Assert.Equal(10, task.Distinct().Count()));
        Assert.Equal(600, tasks.Select(task => string.Join(',', task.Order())).Distinct().Count());
        int[] groups = [.. tasks.Select(task => task.Select(c => s_superclasses[c]).Distinct().Count())];
        for (int i = 0; i < tasks.Length; i++)
        {
            if (i % 6 is 3 or 4) Assert.Equal(5, groups[i]);   // pairs
            if (i % 6 == 5) Assert.Equal(2, groups[i]);        // whole superclasses
        }
        // Ten of a hundred classes seldom share superclasses: 8 of 20 in the mean.
        Assert.InRange(groups.Where((_, i) => i % 6 < 3).Average(), 7.5, 8.5);
    }

    [Fact]
    public void The_order_inside_a_task_is_random()
    {
        int[][] tasks = TaskSampler.DrawMixed(s_superclasses, 10, 60, new Rng(1));
        Assert.True(tasks.Where((_, i) => i % 6 == 5)
            .Count(task => task.Take(5).Select(c => s_superclasses[c]).Distinct().Count() == 1) <= 2);
    }

    [Fact]
    public void Tasks_to_leave_out_are_never_drawn()
    {
        // Of the three pairs one is left, whatever the order in which the others are named.
        Assert.Equal([1, 2], TaskSampler.Draw(3, 2, 1, new Rng(1), [[2, 0], [0, 1]]).Single().Order());
        Assert.Throws<ArgumentException>(() => TaskSampler.Draw(3, 2, 2, new Rng(1), [[2, 0], [0, 1]]));
    }

    [Fact]
    public void Impossible_tasks_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TaskSampler.DrawMixed([0, 0, 1], 4, 1, new Rng(1)));
        Assert.Throws<ArgumentException>(() => TaskSampler.DrawMixed([0, 0, 1], 3, 2, new Rng(1)));
        Assert.Throws<ArgumentException>(() => TaskSampler.Draw(3, 3, 2, new Rng(1)));
    }
}
