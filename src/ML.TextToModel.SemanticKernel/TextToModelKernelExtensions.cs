using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ML.TextToModel.Llm;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.SemanticKernel;

/// <summary>A kernel's chat service as the language model of requirements, and the plugin for its agents.</summary>
public static class TextToModelKernelExtensions
{
    /// <summary>The name of the plugin.</summary>
    public const string PluginName = "TextToModel";

    /// <summary>A generator of requirements that asks the kernel's chat service.</summary>
    /// <param name="kernel">A kernel with an <see cref="IChatCompletionService"/> or an <see cref="IChatClient"/>.
    /// </param>
    /// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
    /// <param name="serviceKey">Which of several services. Default: the kernel's own choice.</param>
    /// <exception cref="KernelException">The kernel has no such service.</exception>
    public static IRequirementGenerator GetTextToModelRequirementGenerator(
        this Kernel kernel, LlmOptions? options = null, string? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        IChatClient client = kernel.GetAllServices<IChatCompletionService>().Any()
            ? kernel.GetRequiredService<IChatCompletionService>(serviceKey).AsChatClient()
            : kernel.GetRequiredService<IChatClient>(serviceKey);
        return new LlmRequirementGenerator(client, new RequirementProfiler(), options);
    }

    /// <summary>
    /// The plugin with the functions <c>describe_task</c>, <c>generate_classifier</c> and <c>predict</c>, which ask the
    /// kernel's chat service (<see cref="TextToModelTools"/>); for instance to be added to the kernel's plugins.
    /// </summary>
    /// <param name="kernel">A kernel with a chat service.</param>
    /// <param name="folder">The folder whose files agents may name.</param>
    /// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
    /// <exception cref="KernelException">The kernel has no chat service.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static KernelPlugin GetTextToModelPlugin(this Kernel kernel, string folder, LlmOptions? options = null)
    {
        TextToModelTools tools = new(kernel.GetTextToModelRequirementGenerator(options), folder);
        return KernelPluginFactory.CreateFromFunctions(
            PluginName, "Makes and uses classifiers of tables and images.",
            [
                Function("describe_task", tools.DescribeTaskAsync),
                Function("generate_classifier", tools.GenerateClassifierAsync),
                Function("predict", tools.PredictAsync),
            ]);
    }

    /// <summary>Gives the kernel that is built the plugin (<see cref="GetTextToModelPlugin"/>).</summary>
    /// <param name="builder">The builder of a kernel with a chat service, added before or after.</param>
    /// <param name="folder">The folder whose files agents may name.</param>
    /// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
    public static IKernelBuilder AddTextToModel(
        this IKernelBuilder builder, string folder, LlmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddTextToModel(folder, options);
        return builder;
    }

    /// <summary>
    /// Registers the generator of requirements and the plugin, for all kernels that are made of these services.
    /// </summary>
    /// <param name="services">Services with a chat service, added before or after.</param>
    /// <param name="folder">The folder whose files agents may name.</param>
    /// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
    public static IServiceCollection AddTextToModel(
        this IServiceCollection services, string folder, LlmOptions? options = null) => services
            .AddSingleton(provider => Bare(provider).GetTextToModelRequirementGenerator(options))
            .AddSingleton(provider => Bare(provider).GetTextToModelPlugin(folder, options));

    /// <summary>A kernel without plugins: to make one with them, they would be asked for.</summary>
    private static Kernel Bare(IServiceProvider provider) => new(provider, new KernelPluginCollection());

    /// <summary>A function; its description and those of its parameters stand at the method.</summary>
    private static KernelFunction Function(string name, Delegate method) =>
        KernelFunctionFactory.CreateFromMethod(method, new KernelFunctionFromMethodOptions { FunctionName = name });
}
