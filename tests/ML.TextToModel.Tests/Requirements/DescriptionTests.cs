using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Requirements.Tests;

/// <summary>What is read from the user's words alone.</summary>
public sealed class DescriptionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const double LeastShare = 0.9;

    [Theory]
    [InlineData("tell cats from dogs and foxes", Modality.Unknown, "cats", "dogs", "foxes")]
    [InlineData("is this review positive or negative?", Modality.Text, "positive", "negative")]
    [InlineData(
        "classify tickets into billing, bug, feature request", Modality.Text, "billing", "bug", "feature request")]
    [InlineData(
        "Is it \"in stock\", \"on order\" or \"sold out\"?", Modality.Unknown, "in stock", "on order", "sold out")]
    [InlineData("Tell ripe from unripe mangoes in photos.", Modality.Image, "ripe", "unripe")]
    [InlineData("cars vs bicycles", Modality.Unknown, "cars", "bicycles")]
    [InlineData(
        "From the columns of this table, predict whether a house is a hut or a villa", Modality.Table, "hut", "villa")]
    public void Classes_and_modality_are_found_where_english_puts_them(
        string sentence, Modality modality, params string[] classes)
    {
        TaskRequirement found = RequirementProfiler.Profile(new() { Description = sentence }, cancel: Cancel);
        Assert.Equal(classes, found.Classes.Select(one => one.Name));
        Assert.Equal(modality, found.Modality);
        Assert.Equal(TaskKind.Classification, found.Task);
        Assert.Equal(RequirementSource.Rules, found.OriginOf(RequirementFields.Classes)!.Source);
        Assert.Equal(RequirementSource.User, found.OriginOf(RequirementFields.Sentence)!.Source);
    }

    [Theory]
    [InlineData("Decide if a comment is toxic or not.")]
    [InlineData("Does the second sentence follow from the first, contradict it, or neither?")]
    [InlineData("Please help me with my data, and tell me what to do or not to do.")]
    [InlineData("or and or, , / ;")]
    [InlineData("((((a or b")]
    [InlineData("x")]
    public void Where_no_classes_are_named_none_are_made_up(string sentence) =>
        Assert.Empty(RequirementProfiler.Profile(new() { Description = sentence }, cancel: Cancel).Classes);

    [Theory, InlineData("development"), InlineData("test")]
    public void Of_sixty_sentences_nine_in_ten_give_their_classes_exactly(string half)
    {
        string[][] rows =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sentences", $"classes-{half}.tsv")).Skip(1)
                .Select(line => line.Split('\t')),
        ];
        int exact = rows.Count(row => row[1] == string.Join(
            '|', RequirementProfiler.Profile(new() { Description = row[0] }).Classes.Select(one => one.Name)));
        Assert.Equal(30, rows.Length);
        Assert.InRange(exact / (double)rows.Length, LeastShare, 1);
    }

    [Fact]
    public void A_degree_is_a_score_and_two_sentences_are_a_pair()
    {
        TaskRequirement found = RequirementProfiler.Profile(
            new() { Description = "How similar are two sentences?" }, cancel: Cancel);
        Assert.Equal((Modality.Text, TaskKind.Score, 2), (found.Modality, found.Task, found.Inputs.Texts.Count));
    }

    [Fact]
    public void Classes_that_the_user_lists_count_more_than_those_of_the_sentence()
    {
        TaskRequirement found = RequirementProfiler.Profile(new()
        {
            Description = "Tell cats from dogs.", Classes = ["wolf", new("lynx", "a cat with tufted ears")],
        }, cancel: Cancel);
        Assert.Equal(["wolf", "lynx"], found.Classes.Select(one => one.Name));
        Assert.Equal("a cat with tufted ears", found.Classes[1].Description);
        Assert.Equal(RequirementSource.User, found.OriginOf(RequirementFields.Classes)!.Source);
        Assert.Contains("kept are those of the user: wolf, lynx", Assert.Single(found.Remarks));
    }

    [Fact]
    public async Task A_long_sentence_takes_no_long_time_and_can_be_cancelled()
    {
        string sentence = string.Concat(Enumerable.Repeat("is it a or b, (c / d) versus \"e\" from f into ", 200));
        Task<TaskRequirement> found = new RequirementProfiler().GenerateAsync(
            new() { Description = sentence }, cancel: Cancel);
        Assert.Same(found, await Task.WhenAny(found, Task.Delay(TimeSpan.FromSeconds(60), Cancel)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RequirementProfiler().GenerateAsync(
            new() { Description = sentence }, cancel: new CancellationToken(canceled: true)));
    }
}
