using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.SemanticKernel.Tests;

public sealed class KernelTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [RealFact]
    public async Task The_kernel_s_chat_service_makes_the_requirement()
    {
        using ScriptedModel model = new(ScriptedModel.Says(Workplace.Reply));
        TaskRequirement requirement = await Build(model).GetTextToModelRequirementGenerator().GenerateAsync(
            new() { Table = TableData.Of(Path.Combine(_place.Folder, "fruit.csv"), new() { Label = "state" }) },
            cancel: Cancel);
        Assert.Equal(Workplace.Sentence, requirement.Sentence);
    }

    [RealFact]
    public async Task The_plugin_of_a_built_kernel_has_three_functions_that_work()
    {
        using ScriptedModel model = new(ScriptedModel.Says(Workplace.Reply));
        KernelPlugin plugin = Build(model).Plugins[TextToModelKernelExtensions.PluginName];
        Assert.Equal(3, plugin.Count());
        object? made = await plugin["generate_classifier"].InvokeAsync(
            new() { ["model"] = "fruit.t2m", ["data"] = "fruit.csv", ["label"] = "state" }, Cancel);
        Assert.Contains(Workplace.Sentence, made!.ToString());
        object? said = await plugin["predict"].InvokeAsync(
            new() { ["model"] = "fruit.t2m", ["data"] = "fruit.csv" }, Cancel);
        Assert.Contains("unripe", said!.ToString());
        Assert.NotNull(plugin["describe_task"]);
    }

    private Kernel Build(ScriptedModel model)
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddTextToModel(_place.Folder);
        builder.Services.AddSingleton(model.AsChatCompletionService());
        return builder.Build();
    }
}
