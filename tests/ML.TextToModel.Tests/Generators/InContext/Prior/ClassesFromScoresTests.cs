using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

public sealed class ClassesFromScoresTests
{
    private const int Rows = 600;

    private static (float[][] Scores, int[] Labels)[] Draw(int classes, int outputs) =>
    [
        .. Enumerable.Range(0, 200).Select(seed =>
        {
            TableDraft draft = new(Rows, 2, classes, outputs, new PriorOptions());
            Rng rng = new((ulong)seed);
            foreach (float[] score in draft.Scores) NormalTable.Fill(rng, score);
            ClassesFromScores.Apply(rng, draft);
            return (draft.Scores, draft.Labels);
        }),
    ];

    private static double LargestShare(int[] labels) => labels.CountBy(label => label).Max(p => p.Value) / (double)Rows;

    [Theory, InlineData(2), InlineData(5)]
    public void Thresholds_make_intervals_of_the_score_and_some_classes_have_several(int classes)
    {
        int repeating = 0;
        foreach ((float[][] scores, int[] labels) in Draw(classes, 1))
        {
            Assert.Equal(Enumerable.Range(0, classes), labels.Distinct().Order());
            int[] sorted = [.. labels];
            Array.Sort([.. scores[0]], sorted);
            int changes = sorted.Zip(sorted.Skip(1)).Count(pair => pair.First != pair.Second);
            Assert.InRange(changes, classes - 1, 2 * classes - 1);
            repeating += changes >= classes ? 1 : 0;
        }
        Assert.InRange(repeating, 15, 50);
    }

    [Fact]
    public void The_largest_of_several_scores_gives_the_class_where_no_class_is_favoured()
    {
        (float[][] Scores, int[] Labels)[] tables = Draw(4, 4);
        int exact = tables.Count(table => Enumerable.Range(0, Rows).All(
            i => table.Labels[i] == Enumerable.Range(0, 4).MaxBy(c => table.Scores[c][i])));
        Assert.InRange(exact, 60, 110);
        Assert.All(tables, table => Assert.InRange(table.Labels.Max(), 0, 3));
    }

    [Theory, InlineData(2, 1), InlineData(4, 1), InlineData(4, 4)]
    public void Classes_are_balanced_in_some_tables_and_lopsided_in_others(int classes, int outputs)
    {
        double[] shares = [.. Draw(classes, outputs).Select(table => LargestShare(table.Labels)).Order()];
        Assert.InRange(shares[20], 1.0 / classes - 0.01, 1.3 / classes);
        Assert.InRange(shares[190], 1.45 / classes, 1);
    }
}
