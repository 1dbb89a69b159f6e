using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Tests;

public sealed class RequirementJsonTests
{
    private static TaskRequirement Full { get; } = new()
    {
        Sentence = "Tell \"ripe\" mangoes from unripe ones: <50 g, 日本.",
        Modality = Modality.Table,
        Task = TaskKind.Classification,
        Classes = [new("ripe", "soft and yellow") { Synonyms = ["mature"] }, "unripe"],
        Label = "state",
        Inputs = new()
        {
            Columns =
            [
                new("weight", ColumnKind.Numeric, ColumnRole.Input, "in grams"),
                new("code", ColumnKind.IdLike, ColumnRole.Ignored),
                new("state", ColumnKind.Categorical, ColumnRole.Label),
            ],
        },
        Data = new()
        {
            Rows = 12, Skipped = 1, Unlabelled = 2,
            Counts = new Dictionary<string, long> { ["unripe"] = 3, ["ripe"] = 7 },
            Imbalance = 7.0 / 3, Missing = 0.1, Duplicates = 2, Conflicts = 1, Language = "en", MeanWords = 3.25,
            MostWords = 9,
        },
        Budget = new(5_000, 0.5, 1.5),
        Origins = new Dictionary<string, Origin>
        {
            [RequirementFields.Sentence] = new(RequirementSource.Llm, 0.7),
            [RequirementFields.Data] = new(RequirementSource.Data),
        },
        Remarks = ["code gives the label away."],
        Usage = new("some-model", 2, 300, 40),
    };

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        TaskRequirement read = RequirementJson.Read(RequirementJson.Write(Full));
        Assert.Equal(Full, read);
        Assert.Equal(["unripe", "ripe"], read.Data!.Counts.Keys);
        Assert.Equal(new Origin(RequirementSource.Llm, 0.7), read.Origins["sentence"]);
        Assert.Equal(["mature"], read.Classes[0].Synonyms);
        Assert.NotEqual(Full, Full with { Sentence = "Another." });
    }

    [Fact]
    public void An_edited_file_keeps_what_this_library_does_not_know()
    {
        string edited = RequirementJson.Write(Full)
            .Replace("\\\"ripe\\\" mangoes", "green mangoes")
            .Replace("\"name\": \"unripe\"", "\"name\": \"unripe\", \"colour\": \"green\"")
            .Replace("\"label\": \"state\"", "\"label\": \"state\", \"owner\": {\"team\": [1, null, \"x\"]}");
        TaskRequirement read = RequirementJson.Read(edited);
        Assert.StartsWith("Tell green mangoes", read.Sentence);
        Assert.Equal("""{"team": [1, null, "x"]}""", read.Other!["owner"].GetRawText());
        Assert.Equal(read, RequirementJson.Read(RequirementJson.Write(read)));
        Assert.Contains("\"owner\"", RequirementJson.Write(read));
        Assert.Contains("\"colour\": \"green\"", RequirementJson.Write(read));
    }

    [Fact]
    public void Little_is_enough_and_comments_and_trailing_commas_do_no_harm()
    {
        Assert.Equal(new TaskRequirement(), RequirementJson.Read("{}"));
        TaskRequirement read = RequirementJson.Read(
            """
            {
              // by hand
              "modality": "text", "classes": [{"name": "a"}, {"name": "b"},],
            }
            """);
        Assert.Equal((Modality.Text, 2), (read.Modality, read.Classes.Count));
        Assert.Empty(read.Classes[0].Synonyms);
        Assert.Empty(read.Origins);
        Assert.Equal(TaskRequirement.LatestVersion, read.Version);
    }

    [Theory]
    [InlineData("{", RequirementFault.NotJson)]
    [InlineData("", RequirementFault.NotJson)]
    [InlineData("[1]", RequirementFault.NotAnObject)]
    [InlineData("\"tell cats from dogs\"", RequirementFault.NotAnObject)]
    [InlineData("""{"sentence": "a", "sentence": "b"}""", RequirementFault.FieldTwice)]
    [InlineData("""{"version": 2}""", RequirementFault.LaterVersion)]
    [InlineData("""{"version": "x"}""", RequirementFault.WrongValue)]
    [InlineData("""{"modality": "smell"}""", RequirementFault.WrongValue)]
    [InlineData("""{"modality": 1}""", RequirementFault.WrongValue)]
    [InlineData("""{"sentence": ["a"]}""", RequirementFault.WrongValue)]
    [InlineData("""{"classes": ["a", "b"]}""", RequirementFault.WrongValue)]
    [InlineData("""{"classes": [{"description": "no name"}]}""", RequirementFault.WrongValue)]
    [InlineData("""{"classes": [{"name": "a"}, {"name": "a"}]}""", RequirementFault.Impossible)]
    [InlineData("""{"classes": [{"name": " "}]}""", RequirementFault.Impossible)]
    [InlineData("""{"classes": [null]}""", RequirementFault.Impossible)]
    [InlineData("""{"inputs": {"texts": ["a", "b", "c"]}}""", RequirementFault.Impossible)]
    [InlineData("""{"budget": {"parameters": 0}}""", RequirementFault.Impossible)]
    [InlineData("""{"classes": [{"name": "a", "synonyms": [null]}]}""", RequirementFault.Impossible)]
    [InlineData("""{"data": {"imbalance": 1e999}}""", RequirementFault.Impossible)]
    [InlineData("""{"origins": {"task": {"source": "user", "confidence": 2}}}""", RequirementFault.Impossible)]
    public void Each_way_of_being_wrong_has_its_name(string json, RequirementFault fault)
    {
        RequirementException thrown =
            Assert.Throws<RequirementException>(() => RequirementJson.Read(json, "task.json"));
        Assert.Equal(fault, thrown.Fault);
        Assert.StartsWith("task.json: ", thrown.Message);
    }

    [Fact]
    public void A_file_that_is_absent_or_endless_is_refused()
    {
        Assert.Equal(
            RequirementFault.NotFound,
            Assert.Throws<RequirementException>(() => RequirementJson.Load("no-such-file.json")).Fault);
        string tooLong = "\"" + new string('a', RequirementJson.MaxLength);
        Assert.Equal(
            RequirementFault.TooLong, Assert.Throws<RequirementException>(() => RequirementJson.Read(tooLong)).Fault);
    }
}
