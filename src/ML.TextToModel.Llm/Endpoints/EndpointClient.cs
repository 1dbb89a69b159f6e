using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatClient = OpenAI.Chat.ChatClient;

namespace ML.TextToModel.Llm;

/// <summary>
/// The official client behind one HTTP connection of its own, which follows no redirection, goes round proxies to this
/// machine, and reads no reply beyond <see cref="EndpointOptions.MaxReplyBytes"/>.
/// </summary>
internal sealed class EndpointClient : DelegatingChatClient
{
    private readonly HttpClient _http;

    public EndpointClient(LlmEndpoint endpoint, string? key, EndpointOptions options)
        : this(endpoint, key, options, Connect(endpoint))
    {
    }

    private EndpointClient(LlmEndpoint endpoint, string? key, EndpointOptions options, HttpClient http)
        : base(Client(endpoint, key, options, http)) => _http = http;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _http.Dispose();
    }

    private static IChatClient Client(LlmEndpoint endpoint, string? key, EndpointOptions options, HttpClient http)
    {
        OpenAIClientOptions settings = new()
        {
            Endpoint = endpoint.Address, NetworkTimeout = options.Timeout, RetryPolicy = new EndpointRetries(options),
            Transport = new HttpClientPipelineTransport(http), EnableDistributedTracing = false,
        };
        if (key is null) settings.AddPolicy(new NoKey(), PipelinePosition.BeforeTransport);
        return new ChatClient(endpoint.Model, new ApiKeyCredential(key ?? "none"), settings).AsIChatClient();
    }

    private static HttpClient Connect(LlmEndpoint endpoint) => new(new BoundedReplies(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,   // data and key go to the configured server only
        UseProxy = !endpoint.IsLocal,
        UseCookies = false,
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,   // each try has its own
    };

    /// <summary>Reads a reply whole, or refuses it.</summary>
    private sealed class BoundedReplies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(EndpointOptions.MaxReplyBytes, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }

    /// <summary>Takes out the key that the package insists on.</summary>
    private sealed class NoKey : PipelinePolicy
    {
        private const string Header = "Authorization";

        public override void Process(
            PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove(Header);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(
            PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove(Header);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
