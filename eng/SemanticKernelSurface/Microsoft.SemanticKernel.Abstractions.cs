// Signatures that the adapter uses, read from the public source of Semantic Kernel 1.80.0 (microsoft/semantic-kernel,
// commit b39d95a34), in the files named below, all of them under dotnet/src/SemanticKernel.Abstractions.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.Services;

namespace Microsoft.SemanticKernel
{
    // Kernel.cs
    public sealed class Kernel
    {
        public Kernel(IServiceProvider services = null, KernelPluginCollection plugins = null) => throw null;
        public KernelPluginCollection Plugins => throw null;
        public T GetRequiredService<T>(object serviceKey = null) where T : class => throw null;
        public IEnumerable<T> GetAllServices<T>() where T : class => throw null;
        public static IKernelBuilder CreateBuilder() => throw null;
    }

    // KernelException.cs
    public class KernelException : Exception
    {
        public KernelException() => throw null;
    }

    // IKernelBuilder.cs
    public interface IKernelBuilder
    {
        IServiceCollection Services { get; }
    }

    // Functions/FullyQualifiedAIFunction.cs
    public abstract class FullyQualifiedAIFunction : AIFunction
    {
        internal FullyQualifiedAIFunction() { }
    }

    // Functions/KernelFunction.cs
    public abstract class KernelFunction : FullyQualifiedAIFunction
    {
        internal KernelFunction() { }
        public new virtual string Name => throw null;
    }

    // Functions/KernelArguments.cs
    public sealed class KernelArguments : AIFunctionArguments
    {
        public KernelArguments(PromptExecutionSettings executionSettings) => throw null;
    }

    // Functions/FunctionResult.cs
    public sealed class FunctionResult
    {
        internal FunctionResult() { }
        public override string ToString() => throw null;
    }

    // Filters/Function/FunctionInvocationContext.cs
    public class FunctionInvocationContext
    {
        internal FunctionInvocationContext() { }
        public KernelFunction Function => throw null;
        public KernelArguments Arguments => throw null;
        public FunctionResult Result { get => throw null; set => throw null; }
    }

    // Filters/Function/IFunctionInvocationFilter.cs
    public interface IFunctionInvocationFilter
    {
        Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next);
    }

    // AI/PromptExecutionSettings.cs
    public class PromptExecutionSettings
    {
        public PromptExecutionSettings() => throw null;
        public FunctionChoiceBehavior FunctionChoiceBehavior { get => throw null; set => throw null; }
    }

    // AI/FunctionChoiceBehaviors/FunctionChoiceBehavior.cs
    public abstract class FunctionChoiceBehavior
    {
        internal FunctionChoiceBehavior() { }
        public static FunctionChoiceBehavior Auto(
            IEnumerable<KernelFunction> functions = null, bool autoInvoke = true,
            FunctionChoiceBehaviorOptions options = null) => throw null;
    }

    // AI/FunctionChoiceBehaviors/FunctionChoiceBehaviorOptions.cs
    public sealed class FunctionChoiceBehaviorOptions
    {
        internal FunctionChoiceBehaviorOptions() { }
    }

    // PromptTemplate/IPromptTemplateFactory.cs
    public interface IPromptTemplateFactory;

    // PromptTemplate/PromptTemplateConfig.cs
    public sealed class PromptTemplateConfig
    {
        internal PromptTemplateConfig() { }
    }

    // Functions/KernelPlugin.cs
    public abstract class KernelPlugin : IEnumerable<KernelFunction>
    {
        internal KernelPlugin() { }
        public string Name => throw null;
        public KernelFunction this[string functionName] => throw null;
        public abstract IEnumerator<KernelFunction> GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => throw null;
    }

    // Functions/KernelPluginCollection.cs
    public sealed class KernelPluginCollection : IEnumerable<KernelPlugin>
    {
        public KernelPluginCollection() => throw null;
        public KernelPlugin this[string name] => throw null;
        public IEnumerator<KernelPlugin> GetEnumerator() => throw null;
        IEnumerator IEnumerable.GetEnumerator() => throw null;
    }
}

namespace Microsoft.SemanticKernel.Services
{
    // Services/IAIService.cs
    public interface IAIService
    {
        IReadOnlyDictionary<string, object> Attributes { get; }
    }
}

namespace Microsoft.SemanticKernel.ChatCompletion
{
    // AI/ChatCompletion/IChatCompletionService.cs
    public interface IChatCompletionService : IAIService;

    // AI/ChatCompletion/ChatCompletionServiceExtensions.cs
    public static class ChatCompletionServiceExtensions
    {
        public static IChatClient AsChatClient(this IChatCompletionService service) => throw null;
    }

    // AI/ChatClient/ChatClientExtensions.cs
    public static class ChatClientExtensions
    {
        public static IChatCompletionService AsChatCompletionService(
            this IChatClient client, IServiceProvider serviceProvider = null) => throw null;
    }
}
