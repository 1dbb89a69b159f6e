using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;
using ML.TextToModel.Llm;
using ML.TextToModel.Loopback;

namespace Mission;

/// <summary>
/// A kernel with a chat service: the model that T2M_LLM_ENDPOINT, T2M_LLM_MODEL and T2M_LLM_KEY name, or else a server
/// on this machine that knows two answers.
/// </summary>
internal sealed class ChatService : IDisposable
{
    private static readonly string s_flowers = new JsonObject
    {
        ["requirement"] = "Say by the measures of its sepals and petals which of three species an iris is of.",
        ["modality"] = "table",
        ["classes"] = new JsonArray("setosa", "versicolor", "virginica"),
        ["descriptions"] = new JsonArray(
            "an iris with very small petals", "an iris with petals of middle size", "an iris with big petals"),
        ["synonyms"] = new JsonArray("", "", ""),
        ["columns"] = new JsonArray(
            "sepal length in centimetres, from 4 to 8", "sepal width in centimetres, from 2 to 4.5",
            "petal length in centimetres, from 1 to 7", "petal width in centimetres, from 0 to 2.5"),
    }.ToJsonString();

    private static readonly string s_scenes = new JsonObject
    {
        ["requirement"] = "Tell small pictures of five everyday things and views apart.",
        ["modality"] = "image",
        ["classes"] = new JsonArray("orange", "plain", "sea", "skyscraper", "sunflower"),
        ["descriptions"] = new JsonArray(
            "a round orange fruit", "flat green land", "water up to the horizon", "a high house of steel and glass",
            "a yellow flower with a dark middle"),
        ["synonyms"] = new JsonArray("", "", "", "", ""),
        ["columns"] = new JsonArray(),
    }.ToJsonString();

    private readonly ChatServer? _server;

    public ChatService()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        if (LlmEndpoint.FromEnvironment() is { } endpoint)
        {
            string? key = Environment.GetEnvironmentVariable(LlmEndpoint.KeyVariable);
            builder.AddOpenAIChatCompletion(endpoint.Model, endpoint.Address, key);
            Name = endpoint.ToString();
        }
        else
        {
            _server = new ChatServer(request =>
                ChatReply.Says(request.Text.Contains("petal", StringComparison.Ordinal) ? s_flowers : s_scenes));
            builder.AddOpenAIChatCompletion("scripted", new Uri(_server.Address), "no-key");
            Name = "a scripted model on this machine";
        }
        Kernel = builder.Build();
    }

    public string Name { get; }

    public Kernel Kernel { get; }

    public void Dispose() => _server?.Dispose();
}
