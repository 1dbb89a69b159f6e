using System.Diagnostics;
using ML.TextToModel.Llm.Tests.Support;
using ML.TextToModel.Loopback;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm.Tests;

/// <summary>What becomes of each way in which a server may answer: the table of docs/llm.md.</summary>
public sealed class ServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_reply_gives_the_sentence_and_descriptions()
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        TaskRequirement requirement = await Facts.AskAsync(server, cancel: Cancel);
        Assert.Equal("Say by hue and firmness whether a fruit is ripe.", requirement.Sentence);
        Assert.Equal(new Origin(RequirementSource.Llm, 0.9), requirement.OriginOf(RequirementFields.Sentence));
        Assert.Equal(["ripe", "unripe"], requirement.Classes.Select(one => one.Name));
        Assert.Equal(["high hue, soft", "low hue, firm"], requirement.Classes.Select(one => one.Description));
        Assert.Equal(["immature", "green"], requirement.Classes[1].Synonyms);
        Assert.Equal(
            ["colour angle", "a remark", null, null], requirement.Inputs.Columns.Select(column => column.Description));
        Assert.Equal(Facts.OfFruit.Data, requirement.Data);
        Assert.Equal(new Origin(RequirementSource.Data), requirement.OriginOf(RequirementFields.Classes));
        Assert.Equal(new ModelUsage("test-model", 1, 100, 20), requirement.Usage);
        Assert.Empty(requirement.Remarks);
        Assert.Empty(requirement.Faults());
    }

    [Theory, InlineData(429), InlineData(500), InlineData(503)]
    public async Task A_busy_or_broken_server_is_asked_again(int status)
    {
        using ChatServer server = new(ChatReply.Fails(status), ChatReply.Says(Facts.GoodReply));
        await AssertGoodAsync(server, requests: 2);
    }

    [Fact]
    public async Task A_server_is_left_alone_for_as_long_as_it_asks_for()
    {
        using ChatServer server = new(ChatReply.Fails(429, "Retry-After: 1\r\n"), ChatReply.Says(Facts.GoodReply));
        long start = Stopwatch.GetTimestamp();
        await AssertGoodAsync(server, requests: 2);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_long_pause_is_not_asked_again()
    {
        using ChatServer server = new(ChatReply.Fails(429, "Retry-After: 3600\r\n"));
        await AssertProfiledAsync(server, requests: 1, "takes no more requests for now (status 429)");
    }

    [Theory]
    [InlineData(429, 4, "takes no more requests for now (status 429)")]
    [InlineData(500, 4, "answered with status 500")]
    [InlineData(401, 1, "refused the key (status 401)")]
    [InlineData(404, 1, "is not there (status 404): look at its address and name")]
    public async Task A_server_that_keeps_failing_leaves_the_profilers_requirement(
        int status, int requests, string remark)
    {
        using ChatServer server = new(ChatReply.Fails(status));
        await AssertProfiledAsync(server, requests, remark);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_a_while()
    {
        using ChatServer server = new(new ChatReply { Stalls = true });
        await AssertProfiledAsync(
            server, requests: 2, "did not answer in time",
            new() { Timeout = TimeSpan.FromSeconds(0.3), Retries = 1, Pause = TimeSpan.Zero });
    }

    [Fact]
    public async Task All_requests_together_end_by_the_deadline()
    {
        using ChatServer server = new(new ChatReply { Stalls = true });
        await AssertProfiledAsync(
            server, requests: 1, "did not answer in time",
            options: new() { Deadline = TimeSpan.FromSeconds(0.3) });
    }

    [Fact]
    public async Task A_connection_that_breaks_off_within_the_reply_is_tried_again()
    {
        ChatReply good = ChatReply.Says(Facts.GoodReply);
        using ChatServer server = new(good with { Most = 150 }, good);
        await AssertGoodAsync(server, requests: 2);
        using ChatServer broken = new(good with { Most = 150 });
        await AssertProfiledAsync(broken, requests: 4, "could not be reached, or the connection broke off");
    }

    [Fact]
    public async Task A_reply_of_ten_megabytes_is_not_read_and_not_asked_for_again()
    {
        using ChatServer server = new(ChatReply.Says(new string('x', 10_000_000)));
        await AssertProfiledAsync(server, requests: 1, "sent more than 1,048,576 bytes");
    }

    [Theory]
    [InlineData("```json\n{reply}\n```")]
    [InlineData("""{"type": "object", "properties": {"requirement": {"type": "string"}}} {reply}""")]
    public async Task A_fenced_reply_or_one_after_the_echo_of_the_schema_is_read(string form)
    {
        using ChatServer server = new(ChatReply.Says(form.Replace("{reply}", Facts.GoodReply)));
        await AssertGoodAsync(server, requests: 1);
    }

    [Fact]
    public async Task Fields_of_wrong_types_are_as_if_missing()
    {
        using ChatServer server = new(ChatReply.Says(
            """
            {"requirement": "Say by hue and firmness whether a fruit is ripe.", "modality": 3,
             "classes": {"a": 1}, "descriptions": 7, "synonyms": null, "columns": "x"}
            """));
        TaskRequirement requirement = await Facts.AskAsync(server, cancel: Cancel);
        Assert.Equal("Say by hue and firmness whether a fruit is ripe.", requirement.Sentence);
        Assert.Equal(
            [("ripe", null), ("unripe", null)], requirement.Classes.Select(one => (one.Name, one.Description)));
        Assert.Equal((Modality.Table, 1), (requirement.Modality, server.Requests.Count));
    }

    [Fact]
    public async Task A_reply_without_its_sentence_is_objected_to_once()
    {
        using ChatServer server = new(
            ChatReply.Says("""{"requirement": ["a list"], "classes": ["ripe", "unripe"]}"""),
            ChatReply.Says(Facts.GoodReply));
        await AssertGoodAsync(server, requests: 2);
        Assert.Contains("\"requirement\" is missing, or no sentence.", server.Requests.Last().Text);
        using ChatServer stubborn = new(ChatReply.Says("I would rather talk about the weather."));
        await AssertProfiledAsync(
            stubborn, requests: 2,
            "gave no usable reply in 2 turns. The last one: it holds no complete JSON object with the fields asked "
            + "for");
    }

    [Fact]
    public async Task A_refusal_is_taken_as_it_is()
    {
        using ChatServer server = new(ChatReply.Declines());
        await AssertProfiledAsync(server, requests: 1, "declined to answer");
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        using ChatServer other = new(ChatReply.Says(Facts.GoodReply));
        using ChatServer server = new(ChatReply.Fails(307, $"Location: {other.Address}/chat/completions\r\n"));
        await AssertProfiledAsync(server, requests: 1, "answered with status 307");
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_page_in_place_of_a_completion_leaves_the_profilers_requirement()
    {
        using ChatServer server = new(new ChatReply { Body = "<html>Log in</html>" });
        TaskRequirement requirement = await Facts.AskAsync(server, cancel: Cancel);
        Assert.Equal(Facts.OfFruit.Sentence, requirement.Sentence);
        Assert.StartsWith("The language model sent what is no answer", Assert.Single(requirement.Remarks));
    }

    [Fact]
    public async Task A_server_that_refuses_the_form_of_replies_or_images_is_asked_without()
    {
        using ChatServer server = new(
            ChatReply.Fails(400), ChatReply.Fails(400), ChatReply.Says("""{"requirement": "Tell fruit apart."}"""));
        TaskInput images = new() { Images = Pictures.Of(("ripe", 2, 2), ("unripe", 2, 2)) };
        TaskRequirement requirement = await Facts.AskAsync(
            server, images, Facts.OfFruit with { Modality = Modality.Image, Inputs = new() }, cancel: Cancel);
        Assert.Equal("Tell fruit apart.", requirement.Sentence);
        Assert.Equal(
            ["True True", "False True", "False False"],
            server.Requests.Select(request =>
                $"{request.Json["response_format"] is not null} {request.Body.Contains("data:image/png;base64,")}"));
    }

    [Fact]
    public async Task The_caller_can_stop_it()
    {
        using ChatServer server = new(new ChatReply { Stalls = true });
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(0.3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Facts.AskAsync(server, cancel: stop.Token));
    }

    private static async Task AssertGoodAsync(ChatServer server, int requests)
    {
        TaskRequirement requirement = await Facts.AskAsync(server);
        Assert.Equal("Say by hue and firmness whether a fruit is ripe.", requirement.Sentence);
        Assert.Equal(["high hue, soft", "low hue, firm"], requirement.Classes.Select(one => one.Description));
        Assert.Equal(requests, server.Requests.Count);
    }

    /// <summary>The profiler's requirement, a remark, and nothing of what the server said.</summary>
    private static async Task AssertProfiledAsync(
        ChatServer server, int requests, string remark, EndpointOptions? patience = null, LlmOptions? options = null)
    {
        TaskRequirement requirement = await Facts.AskAsync(server, patience: patience, options: options);
        Assert.Equal([$"The language model {remark}; the requirement is the profiler's."], requirement.Remarks);
        Assert.Equal(Facts.OfFruit with { Remarks = requirement.Remarks, Usage = requirement.Usage }, requirement);
        Assert.DoesNotContain("secret", RequirementJson.Write(requirement));
        Assert.Equal(requests, server.Requests.Count);
    }
}
