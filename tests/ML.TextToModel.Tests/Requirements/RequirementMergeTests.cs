namespace ML.TextToModel.Requirements.Tests;

public sealed class RequirementMergeTests
{
    private static TaskRequirement Requirement(RequirementSource source, double confidence, params string[] classes) =>
        new()
        {
            Sentence = $"As {source} says.",
            Classes = [.. classes.Select(name => new ClassRequirement(name, $"{source}'s {name}"))],
            Origins = new Dictionary<string, Origin>
            {
                [RequirementFields.Sentence] = new(source, confidence),
                [RequirementFields.Classes] = new(source, confidence),
            },
        };

    [Fact]
    public void Counted_facts_win_over_what_a_language_model_is_sure_of()
    {
        TaskRequirement data = Requirement(RequirementSource.Data, 0.6, "no", "yes") with
        {
            Classes = ["no", "yes"], Sentence = "",
            Origins = new Dictionary<string, Origin>
            {
                [RequirementFields.Classes] = new(RequirementSource.Data, 0.6),
                [RequirementFields.Sentence] = new(RequirementSource.Rules, 0.4),
            },
        };
        TaskRequirement merged =
            RequirementMerge.Merge(data, Requirement(RequirementSource.Llm, 1, "YES", "no", "maybe"));
        Assert.Equal(["no", "yes"], merged.Classes.Select(one => one.Name));
        Assert.Equal("Llm's YES", merged.Classes[1].Description);
        Assert.Equal("As Llm says.", merged.Sentence);
        Assert.Equal(RequirementSource.Data, merged.OriginOf(RequirementFields.Classes)!.Source);
        Assert.Equal(RequirementSource.Llm, merged.OriginOf(RequirementFields.Sentence)!.Source);
        Assert.Equal(
            "Classes that were also named are left out: YES, no, maybe; kept are those of the data: no, yes.",
            Assert.Single(merged.Remarks));
    }

    [Fact]
    public void The_user_has_the_last_word_and_the_surer_of_two_conclusions_counts()
    {
        TaskRequirement rules = Requirement(RequirementSource.Rules, 0.5, "a", "b");
        Assert.Equal(
            ["x", "y"],
            RequirementMerge.Merge(rules, Requirement(RequirementSource.Llm, 0.6, "x", "y")).Classes
                .Select(one => one.Name));
        Assert.Equal(
            ["a", "b"],
            RequirementMerge.Merge(rules, Requirement(RequirementSource.Llm, 0.4, "x", "y")).Classes
                .Select(one => one.Name));
        TaskRequirement user = Requirement(RequirementSource.User, 0.1, "u", "v");
        foreach (TaskRequirement merged in new[]
        {
            RequirementMerge.Merge(user, Requirement(RequirementSource.Data, 1, "d", "e")),
            RequirementMerge.Merge(Requirement(RequirementSource.Data, 1, "d", "e"), user),
        }) Assert.Equal(["u", "v"], merged.Classes.Select(one => one.Name));
    }

    [Fact]
    public void What_one_side_does_not_know_comes_from_the_other()
    {
        TaskRequirement known = Requirement(RequirementSource.Rules, 0, "a", "b");
        Assert.Equal(known.Classes, RequirementMerge.Merge(new TaskRequirement(), known).Classes);
        Assert.Equal(known.Classes, RequirementMerge.Merge(known, new TaskRequirement()).Classes);
    }
}
