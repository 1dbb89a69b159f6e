// Signatures that the samples use, read from the public source of Semantic Kernel 1.80.0 (microsoft/semantic-kernel,
// commit b39d95a34), dotnet/src/Connectors/Connectors.OpenAI.
using System;
using System.Net.Http;

namespace Microsoft.SemanticKernel
{
    // Extensions/OpenAIKernelBuilderExtensions.cs
    public static class OpenAIKernelBuilderExtensions
    {
        public static IKernelBuilder AddOpenAIChatCompletion(
            this IKernelBuilder builder, string modelId, Uri endpoint, string apiKey, string orgId = null,
            string serviceId = null, HttpClient httpClient = null) => throw null;
    }
}
