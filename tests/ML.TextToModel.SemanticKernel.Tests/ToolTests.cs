using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ML.TextToModel.SemanticKernel.Tests;

public sealed class ToolTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_description_is_the_language_model_s()
    {
        using ScriptedModel model = new(ScriptedModel.Says(Workplace.Reply));
        JsonNode reply = JsonNode.Parse(await _place.With(model).DescribeTaskAsync(
            data: "fruit.csv", label: "state", cancellationToken: Cancel))!;
        Assert.Equal(Workplace.Sentence, (string?)reply["sentence"]);
        Assert.Equal(1, model.Asked);
    }

    [Fact]
    public async Task A_model_that_calls_tools_describes_generates_and_predicts()
    {
        using ScriptedModel llm = new(ScriptedModel.Says(Workplace.Reply), ScriptedModel.Says(Workplace.Reply));
        TextToModelTools tools = _place.With(llm);
        AIFunction[] functions =
        [
            AIFunctionFactory.Create(tools.DescribeTaskAsync, "describe_task"),
            AIFunctionFactory.Create(tools.GenerateClassifierAsync, "generate_classifier"),
            AIFunctionFactory.Create(tools.PredictAsync, "predict"),
        ];
        using ScriptedModel agent = new(
            ScriptedModel.Calls("describe_task", new() { ["data"] = "fruit.csv", ["label"] = "state" }),
            ScriptedModel.Calls("generate_classifier", new()
            {
                ["model"] = "fruit.t2m", ["data"] = "fruit.csv", ["label"] = "state",
            }),
            ScriptedModel.Calls("predict", new() { ["model"] = "fruit.t2m", ["data"] = "fruit.csv" }));
        List<JsonNode> replies = [];
        for (int i = 0; i < functions.Length; i++)
        {
            ChatResponse said = await agent.GetResponseAsync([], cancellationToken: Cancel);
            FunctionCallContent call = Assert.Single(said.Messages[0].Contents.OfType<FunctionCallContent>());
            object? result = await functions.Single(one => one.Name == call.Name)
                .InvokeAsync(new(call.Arguments), Cancel);
            replies.Add(JsonNode.Parse(JsonNode.Parse(result!.ToString()!) is JsonValue text
                ? (string)text! : result.ToString()!)!);
        }
        Assert.Equal(Workplace.Sentence, (string?)replies[0]["sentence"]);
        Assert.Equal(60, (int?)replies[1]["rows"]);
        JsonArray predictions = replies[2]["predictions"]!.AsArray();
        Assert.Equal(60, predictions.Count);
        Assert.All(predictions.Index(), one =>
            Assert.Equal(one.Index % 2 == 0 ? "ripe" : "unripe", (string?)one.Item!["label"]));
    }

    [Fact]
    public async Task A_classifier_of_images_is_made_of_class_names_alone()
    {
        JsonNode reply = JsonNode.Parse(await _place.Offline.GenerateClassifierAsync(
            "things.t2m", classes: "bear, bicycle, castle", cancellationToken: Cancel))!;
        Assert.Equal(["bear", "bicycle", "castle"], reply["classes"]!.AsArray().Select(name => (string?)name));
        Assert.True(File.Exists(Path.Combine(_place.Folder, "things.t2m")));
    }

    [Fact]
    public async Task A_classifier_of_a_table_without_labels_is_made_of_what_is_said_of_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "more.csv"), "hue,firm\n61,2.1\n22,9.4\n", Cancel);
        JsonNode reply = JsonNode.Parse(await _place.Offline.GenerateClassifierAsync(
            "more.t2m", task: "Is a fruit ripe or unripe?", data: "more.csv", cancellationToken: Cancel))!;
        Assert.Equal(["ripe", "unripe"], reply["classes"]!.AsArray().Select(name => (string?)name));
        Assert.Contains("expect little", (string?)reply["made"]);
        reply = JsonNode.Parse(await _place.Offline.PredictAsync("more.t2m", "more.csv", Cancel))!;
        Assert.Equal((2, 0), ((int)reply["rows"]!, (int)reply["failed"]!));
    }

    [Fact]
    public async Task Texts_are_classified_by_labels_or_by_class_texts_alone()
    {
        string[] texts = ["the dog chased a cat around the house", "bread with cheese and a bowl of soup"];
        await File.WriteAllLinesAsync(
            Path.Combine(_place.Folder, "notes.csv"),
            Enumerable.Range(0, 40).Select(i => $"{texts[i % 2]} on day {i},{(i % 2 == 0 ? "animals" : "food")}")
                .Prepend("note,topic"),
            Cancel);
        (string?, string?)[] given = [("notes.csv", null), (null, "Is this text about animals or food?")];
        foreach ((string? data, string? task) in given)
        {
            JsonNode reply = JsonNode.Parse(await _place.Offline.GenerateClassifierAsync(
                "notes.t2m", task, data: data, label: data is null ? null : "topic", cancellationToken: Cancel))!;
            Assert.Equal(["animals", "food"], reply["classes"]!.AsArray().Select(name => (string?)name));
            reply = JsonNode.Parse(await _place.Offline.PredictAsync("notes.t2m", "notes.csv", Cancel))!;
            Assert.All(reply["predictions"]!.AsArray().Index(), one =>
                Assert.Equal(one.Index % 2 == 0 ? "animals" : "food", (string?)one.Item!["label"]));
        }
    }

    [Fact]
    public async Task What_is_missing_is_said_in_the_reply()
    {
        Assert.Contains("error", await _place.Offline.DescribeTaskAsync(cancellationToken: Cancel));
        Assert.Contains("error", await _place.Offline.PredictAsync("none.t2m", "fruit.csv", Cancel));
        Assert.Contains(".t2m", await _place.Offline.GenerateClassifierAsync(
            "fruit.csv", classes: "bear, castle", cancellationToken: Cancel));
    }
}
