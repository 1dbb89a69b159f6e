using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>From data or a sentence to a requirement, and from that to a classifier.</summary>
public sealed class DescribeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Boxes() => _folder.Write("boxes.csv", "size,weight,kind\n" + string.Concat(
        Enumerable.Range(0, 80).Select(i =>
            $"{i % 7}.5,{i * 37 % 101},{(i % 7 + i % 11 / 10 * 4 > 3 ? "big" : "small")}\n")));

    [Fact]
    public void A_table_is_described_and_the_document_follows_its_schema()
    {
        JsonElement described = T2m.Run("describe", Boxes(), "--json").Json("describe");
        JsonElement requirement = described.GetProperty("requirement");
        JsonSchema.AssertValid("requirement", requirement);
        Assert.Equal("table", requirement.GetProperty("modality").GetString());
        Assert.Equal("kind", requirement.GetProperty("label").GetString());
        Assert.Contains("4 emitted networks", described.GetProperty("choice").GetString());
        Result shown = T2m.Run("describe", Boxes());
        Assert.Contains("2: big, small (counted", shown.Out);
        Assert.Contains("Predict 'kind'", shown.Out);
    }

    [Fact]
    public void A_sentence_is_described_and_it_is_said_what_serves_it_or_why_nothing_does()
    {
        JsonElement described = T2m.Run(
            "describe", "--task", "classify tickets into billing, bug, feature request", "--json").Json("describe");
        JsonSchema.AssertValid("requirement", described.GetProperty("requirement"));
        Assert.Equal(
            ["billing", "bug", "feature request"],
            described.GetProperty("requirement").GetProperty("classes").EnumerateArray()
                .Select(one => one.GetProperty("name").GetString()!));
        Assert.Contains("likeness of each text", described.GetProperty("choice").GetString());
        described = T2m.Run("describe", "--task", "How similar are two sentences?", "--json").Json("describe");
        Assert.Equal(JsonValueKind.Null, described.GetProperty("choice").ValueKind);
        Assert.Contains("asks for a number", described.GetProperty("why_no_choice").GetString());
    }

    [Fact]
    public void A_requirement_that_was_edited_decides_what_is_generated_and_the_card_keeps_it()
    {
        string file = _folder["boxes.json"], model = _folder["boxes.t2m"], data = Boxes();
        T2m.Run("describe", data, "--out", file, "--json").Json("describe");
        string edited = File.ReadAllText(file).Replace("\"budget\": {}", "\"budget\": {\"parameters\": 20}")
            .Replace("\"label\": \"kind\"", "\"label\": \"kind\", \"ticket\": \"see https://tracker.example\"");
        int start = edited.IndexOf("Predict", StringComparison.Ordinal);
        edited = edited[..start] + "Big boxes go left. " + edited[start..];
        File.WriteAllText(file, edited);
        JsonElement made = T2m.Run("generate", "--data", data, "--requirement", file, "-o", model, "--json")
            .Json("generate");
        JsonSchema.AssertValid("requirement", made.GetProperty("requirement"));
        Assert.Equal("see https://tracker.example", made.GetProperty("requirement").GetProperty("ticket").GetString());
        Assert.InRange(made.GetProperty("parameters").GetInt32(), 1, 20);
        Assert.EndsWith("larger ones exceed the budget", made.GetProperty("choice").GetString());
        JsonElement card = T2m.Run("show", model, "--json").Json("show").GetProperty("requirement");
        Assert.StartsWith("Big boxes go left.", card.GetProperty("sentence").GetString());
        Assert.False(card.TryGetProperty("ticket", out _));
        Assert.DoesNotContain("tracker", File.ReadAllText(model));
    }

    [Fact]
    public void A_sentence_alone_makes_a_classifier_of_images()
    {
        string model = _folder["pets.t2m"];
        JsonElement made = T2m.Run(
            "generate", "--task", "tell a bear from a bus and a castle in photos", "-o", model, "--json")
            .Json("generate");
        Assert.Equal(
            ["bear", "bus", "castle"], made.GetProperty("classes").EnumerateArray().Select(one => one.GetString()!));
        Assert.Equal("tina", made.GetProperty("generator").GetString());
        Result printed = T2m.Run("generate", "--task", "tell a bear from a bus in photos", "-o", model);
        Assert.Contains("tell a bear from a bus in photos.", printed.Out);
    }

    [Fact]
    public void What_cannot_be_met_is_refused()
    {
        string data = Boxes(), model = _folder["m.t2m"], file = _folder["r.json"];
        T2m.Run("describe").AssertRefused("Say what to describe: DATA, --task T, or --requirement F.");
        T2m.Run("describe", _folder["absent.csv"]).AssertRefused("There is no file");
        T2m.Run("describe", data, "--max-parameters", "0")
            .AssertRefused("--max-parameters takes a whole number from 1");
        T2m.Run("generate", "--task", "make it work", "-o", model).AssertRefused("which classes to tell apart");
        T2m.Run("generate", "--task", "How similar are two sentences?", "-o", model).AssertRefused("asks for a number");
        T2m.Run("generate", "--data", data, "--max-parameters", "2", "-o", model)
            .AssertRefused("Nothing fits the budget");
        File.WriteAllText(file, """{"classes": [{"name": "big"}, {"name": "huge"}]}""");
        Result others = T2m.Run("generate", "--data", data, "--requirement", file, "-o", model);
        Assert.Equal(ExitCodes.InputWrong, others.Code);
        Assert.Contains("kept are those of the user: big, huge", others.Error);
        Assert.Contains("error: The requirement has the classes big, huge; those of", others.Error);
        File.WriteAllText(file, "{");
        T2m.Run("generate", "--requirement", file, "-o", model).AssertRefused("r.json: it is no JSON");
        Assert.False(File.Exists(model));
    }
}
