using System.Text.Json;
using ML.TextToModel.Cli.Commands;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Llm;
using ML.TextToModel.Loopback;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>Requirements with a language model on this machine.</summary>
public sealed class LanguageModelTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Reply =
        """
        {"requirement": "Tell big boxes from small ones.", "modality": "table", "classes": ["big", "small"],
         "descriptions": ["large", "little"], "synonyms": ["", ""], "columns": ["edge", "mass"]}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Boxes() => _folder.Write("boxes.csv", "size,weight,kind\n" + string.Concat(
        Enumerable.Range(0, 80).Select(i => $"{i % 7}.5,{i * 37 % 101},{(i % 7 > 3 ? "big" : "small")}\n")));

    private Func<string, string?> With(string address, string? key = null) => name => name switch
    {
        "T2M_LLM_ENDPOINT" => address,
        "T2M_LLM_MODEL" => "test-model",
        "T2M_LLM_KEY" => key,
        "T2M_LLM_CACHE" => _folder["replies"],
        _ => null,
    };

    [Fact]
    public void Describe_asks_the_model_once_and_says_where_the_data_go()
    {
        using ChatServer server = new(ChatReply.Says(Reply));
        Result said = T2m.RunWith(With(server.Address), "describe", Boxes(), "--json");
        JsonElement requirement = said.Json("describe").GetProperty("requirement");
        JsonSchema.AssertValid("requirement", requirement);
        Assert.Equal("Tell big boxes from small ones.", requirement.GetProperty("sentence").GetString());
        Assert.Equal("large", requirement.GetProperty("classes")[0].GetProperty("description").GetString());
        Assert.Equal(100, requirement.GetProperty("usage").GetProperty("inputTokens").GetInt64());
        string where = $"the language model test-model at {server.Address[..^3]}, on this machine";
        Assert.Contains(where, said.Error);
        Result again = T2m.RunWith(With(server.Address), "describe", Boxes());
        Assert.Contains("Tell big boxes from small ones.", again.Out);
        Assert.DoesNotContain(where, again.Error);   // nothing went there
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Show_prompt_prints_what_would_be_sent_and_sends_nothing()
    {
        using ChatServer server = new(ChatReply.Says(Reply));
        string data = Boxes();
        Result shown = T2m.RunWith(With(server.Address), "describe", data, "--show-prompt");
        Assert.Contains("[label] \"small\"", shown.Out);
        Assert.Equal(shown.Out, T2m.Run("describe", data, "--show-prompt").Out);
        string prompt = T2m.Run("describe", data, "--show-prompt", "--json").Json("describe")
            .GetProperty("prompt").GetString()!;
        Assert.Equal(shown.Out, $"{prompt}\n");
        Assert.Empty(server.Requests);
        T2m.RunWith(With(server.Address), "describe", data);
        Assert.Contains(server.Requests.Single().Text[^200..], shown.Out);
    }

    [Fact]
    public void Generate_keeps_the_models_requirement_in_the_card_without_cells_keys_and_addresses()
    {
        using ChatServer server = new(ChatReply.Says(Reply));
        string model = _folder["boxes.t2m"];
        T2m.RunWith(
            With(server.Address, "secret-key"), "generate", "--data", Boxes(), "--task", "sort my boxes", "-o", model,
            "--json").Json("generate");
        JsonElement card = T2m.Run("show", model, "--json").Json("show").GetProperty("requirement");
        Assert.Equal("little", card.GetProperty("classes")[1].GetProperty("description").GetString());
        Assert.Equal("test-model", card.GetProperty("usage").GetProperty("model").GetString());
        string file = File.ReadAllText(model);
        Assert.DoesNotContain("secret-key", file);
        Assert.DoesNotContain("127.0.0.1", file);
        Assert.Contains("\"sort my boxes\"", server.Requests.Single().Text);
    }

    [Fact]
    public void A_model_that_fails_leaves_a_note_and_the_profilers_requirement()
    {
        using ChatServer server = new(ChatReply.Fails(401));
        Result said = T2m.RunWith(With(server.Address), "describe", Boxes());
        Assert.Contains("note: The language model refused the key (status 401)", said.Error);
        Assert.Contains("Predict 'kind'", said.Out);
    }

    [Fact]
    public void Without_a_task_generate_asks_nobody()
    {
        using ChatServer server = new(ChatReply.Says(Reply));
        T2m.RunWith(
            With(server.Address), "generate", "--data", Boxes(), "--label", "kind", "--no-refine", "-o",
            _folder["boxes.t2m"], "--json").Json("generate");
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_key_over_plain_http_to_another_machine_is_refused() =>
        T2m.RunWith(With("http://llm.example/v1", "secret-key"), "describe", Boxes())
            .AssertRefused("T2M_LLM_KEY would travel readable");

    [Fact]
    public void It_is_said_when_data_leave_the_machine_and_where_to()
    {
        LlmPrompt prompt = LlmPrompt.Of(new() { Description = "sort my boxes" }, new TaskRequirement(), cancel: Cancel);
        string said = LanguageModel.Announcement(prompt, new LlmEndpoint("https://llm.example/v1", "m", "secret-key"));
        Assert.StartsWith("Facts and 0 samples of what you gave, about ", said);
        Assert.Contains("leave this machine, for the language model m at https://llm.example;", said);
        Assert.DoesNotContain("secret-key", said);
    }

    [Fact]
    public void Nothing_to_send_is_no_prompt()
    {
        string file = _folder.Write("r.json", "{}");
        T2m.Run("describe", "--requirement", file, "--show-prompt").AssertRefused("Nothing would be sent");
    }
}
