using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class ClassConditionsTests
{
    [Fact]
    public void Names_stand_for_half_and_descriptions_share_the_rest()
    {
        ClassConditions conditions = new(1, [[0], [0, 1, 2, 3, 4]]);
        int[][] tasks = [.. Enumerable.Repeat<int[]>([0, 1], 4_000)];
        ILookup<float, float> drawn = conditions.Draw(tasks, new Rng(1)).ToArray()
            .Where((_, i) => i % 2 == 1).ToLookup(value => value);
        Assert.Equal(2_000, drawn[0].Count(), 150d);
        foreach (float description in new float[] { 1, 2, 3, 4 }) Assert.Equal(500, drawn[description].Count(), 100d);
    }

    [Fact]
    public void A_text_loses_about_half_of_its_words_but_never_all()
    {
        Rng rng = new(1);
        string[] words = ["round", "yellow", "–", "fruit"];
        int kept = 0;
        for (int i = 0; i < 300; i++)
        {
            string[] half = WordDropout.Half(string.Join(' ', words), rng).Split(' ');
            Assert.NotEmpty(half);
            Assert.Equal(words.Where(half.Contains), half);   // in their order
            Assert.DoesNotContain("–", half);
            kept += half.Length;
        }
        Assert.Equal(300 * 1.625, kept, 60d);   // half of three, and one where none was left
    }
}
