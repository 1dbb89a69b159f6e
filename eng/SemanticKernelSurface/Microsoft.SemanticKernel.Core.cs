// Signatures that the adapter uses, read from the public source of Semantic Kernel 1.80.0 (microsoft/semantic-kernel,
// commit b39d95a34), in the files named below, all of them under dotnet/src/SemanticKernel.Core.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.SemanticKernel
{
    // Functions/KernelFunctionFromMethodOptions.cs
    public sealed class KernelFunctionFromMethodOptions
    {
        public string FunctionName { get; init; }
        public string Description { get; init; }
    }

    // Functions/KernelFunctionFactory.cs
    public static class KernelFunctionFactory
    {
        public static KernelFunction CreateFromMethod(Delegate method, KernelFunctionFromMethodOptions options) =>
            throw null;
    }

    // Functions/KernelPluginFactory.cs
    public static class KernelPluginFactory
    {
        public static KernelPlugin CreateFromFunctions(
            string pluginName, string description = null, IEnumerable<KernelFunction> functions = null) => throw null;
    }

    // KernelExtensions.cs
    public static class KernelExtensions
    {
        public static Kernel Build(this IKernelBuilder builder) => throw null;
        public static Task<FunctionResult> InvokePromptAsync(
            this Kernel kernel, string promptTemplate, KernelArguments arguments = null, string templateFormat = null,
            IPromptTemplateFactory promptTemplateFactory = null, PromptTemplateConfig promptTemplateConfig = null,
            CancellationToken cancellationToken = default) => throw null;
    }
}
