using ML.TextToModel.Tensors;

namespace ML.TextToModel.Audits.Tests;

public sealed class ControlPromptsTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(10)]
    public void No_class_keeps_its_text_in_a_shuffled_prompt(int count)
    {
        int[] task = [.. Enumerable.Range(20, count)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            int[] shuffled = ControlPrompts.Shuffled(task, new Rng(seed));
            Assert.Equal(task, shuffled.Order());
            Assert.DoesNotContain(task.Zip(shuffled), pair => pair.First == pair.Second);
        }
    }

    [Fact]
    public void Other_classes_are_none_of_the_task()
    {
        int[] others = ControlPrompts.Others([1, 3, 5], Enumerable.Range(0, 7), new Rng(1))!;
        Assert.Equal(3, others.Distinct().Count());
        Assert.All(others, c => Assert.Contains(c, new[] { 0, 2, 4, 6 }));
        Assert.Null(ControlPrompts.Others([1, 3, 4], Enumerable.Range(0, 5), new Rng(1)));
    }

    [Fact]
    public void Texts_that_say_nothing_differ() =>
        Assert.Equal(50, ControlPrompts.Empty(50).Select(one => one.Text).Distinct().Count());
}
