using Microsoft.Extensions.AI;
using ML.TextToModel.Llm.Tests.Support;
using ML.TextToModel.Loopback;

namespace ML.TextToModel.Llm.Tests;

public sealed class EndpointTests
{
    [Fact]
    public void Without_an_address_there_is_no_endpoint() => Assert.Null(LlmEndpoint.FromEnvironment(
        name => name == LlmEndpoint.AddressVariable ? null : "something"));

    [Fact]
    public void The_environment_names_address_model_and_key()
    {
        LlmEndpoint endpoint = LlmEndpoint.FromEnvironment(name => name switch
        {
            LlmEndpoint.AddressVariable => "https://llm.example/v1",
            LlmEndpoint.ModelVariable => "some-model",
            _ => "secret",
        })!;
        Assert.Equal(("https://llm.example/v1", "some-model"), (endpoint.Address.ToString(), endpoint.Model));
        Assert.Equal("some-model at https://llm.example", endpoint.ToString());
        Assert.False(endpoint.IsLocal);
    }

    [Theory]
    [InlineData("http://llm.example/v1", "m", "key", "T2M_LLM_KEY would travel readable")]
    [InlineData("http://192.168.1.7:8080/v1", "m", "key", "T2M_LLM_KEY would travel readable")]
    [InlineData("llm.example", "m", null, "T2M_LLM_ENDPOINT is no address")]
    [InlineData("ftp://llm.example", "m", null, "T2M_LLM_ENDPOINT is no address")]
    [InlineData("https://user:secret@llm.example", "m", null, "holds a user, a password or a query")]
    [InlineData("https://llm.example?key=secret", "m", null, "holds a user, a password or a query")]
    [InlineData("https://llm.example", " ", null, "T2M_LLM_MODEL")]
    public void What_cannot_be_used_or_gives_the_key_away_is_refused(
        string address, string model, string? key, string message)
    {
        ModelInputException refused = Assert.Throws<ModelInputException>(() => new LlmEndpoint(address, model, key));
        Assert.Contains(message, refused.Message);
        Assert.DoesNotContain("secret", refused.Message);
    }

    [Theory]
    [InlineData("https://llm.example", "key", false)]
    [InlineData("http://llm.example", null, false)]
    [InlineData("http://localhost:1234", "key", true)]
    [InlineData("http://127.0.0.1:1234", "key", true)]
    [InlineData("http://[::1]:1234", "key", true)]
    public void A_key_travels_over_https_or_to_this_machine(string address, string? key, bool local) =>
        Assert.Equal(local, new LlmEndpoint(address, "m", key).IsLocal);

    [Theory, InlineData("secret-key"), InlineData(null)]
    public async Task The_key_is_sent_where_there_is_one(string? key)
    {
        using ChatServer server = new(ChatReply.Says("hello"));
        using IChatClient client = new LlmEndpoint(server.Address, "m", key).CreateClient();
        ChatResponse response = await client.GetResponseAsync(
            "hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("hello", response.Text);
        ChatRequest request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/chat/completions ", request.Head);
        Assert.Equal("m", (string?)request.Json["model"]);
        Assert.Equal(key is not null, request.Head.Contains($"Authorization: Bearer {key}\r\n"));
        Assert.Equal(key is not null, request.Head.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
    }
}
