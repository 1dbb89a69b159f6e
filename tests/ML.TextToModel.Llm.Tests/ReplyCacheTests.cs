using ML.TextToModel.Llm.Tests.Support;
using ML.TextToModel.Loopback;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm.Tests;

public sealed class ReplyCacheTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"t2m-replies-{Guid.NewGuid():N}");

    private LlmOptions Options => new() { Cache = new ReplyCache(_folder) };

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_same_question_is_asked_once()
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        TaskRequirement first = await Facts.AskAsync(server, options: Options, cancel: Cancel);
        TaskRequirement second = await Facts.AskAsync(server, options: Options, cancel: Cancel);
        Assert.Equal(first, second);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task It_is_told_what_is_sent_but_not_where_nothing_is()
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        List<int> sent = [];
        LlmOptions options = Options with { Sending = prompt => sent.Add(prompt.SampleCount) };
        await Facts.AskAsync(server, options: options, cancel: Cancel);
        await Facts.AskAsync(server, options: options, cancel: Cancel);
        Assert.Equal([4], sent);
    }

    [Fact]
    public async Task Other_data_are_another_question()
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        await Facts.AskAsync(server, options: Options, cancel: Cancel);
        await Facts.AskAsync(
            server, Facts.Table("hue,note,code,state\n1,a,k,ripe\n2,b,k,unripe\n"), options: Options, cancel: Cancel);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Replies_that_cannot_be_used_are_not_kept()
    {
        using ChatServer server = new(
            ChatReply.Says("no"), ChatReply.Says("no"), ChatReply.Says(Facts.GoodReply));
        await Facts.AskAsync(server, options: Options, cancel: Cancel);
        Assert.Equal("Say by hue and firmness whether a fruit is ripe.",
            (await Facts.AskAsync(server, options: Options, cancel: Cancel)).Sentence);
    }

    [Theory, InlineData("null"), InlineData("{"), InlineData("""{"Reply": null}"""), InlineData(
        """{"Reply": "no reply", "Usage": {"Model": "m", "Requests": 1, "InputTokens": 1, "OutputTokens": 1}}""")]
    public async Task A_damaged_file_is_as_if_missing(string content)
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        TaskRequirement first = await Facts.AskAsync(server, options: Options, cancel: Cancel);
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder)), content);
        Assert.Equal(first, await Facts.AskAsync(server, options: Options, cancel: Cancel));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Samples_and_keys_are_not_kept()
    {
        using ChatServer server = new(ChatReply.Says(Facts.GoodReply));
        await Facts.AskAsync(server, options: Options, cancel: Cancel);
        string file = Assert.Single(Directory.GetFiles(_folder)), kept = File.ReadAllText(file);
        Assert.DoesNotContain("soft and sweet", kept);
        Assert.DoesNotContain("secret", kept);
        Assert.DoesNotContain("127.0.0.1", kept);
    }
}
