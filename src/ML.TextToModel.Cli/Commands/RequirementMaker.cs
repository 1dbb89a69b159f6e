using ML.TextToModel.Cli.Output;
using ML.TextToModel.Generators;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Cli.Commands;

/// <summary>Where the verbs get requirements and the choice of a model from.</summary>
internal static class RequirementMaker
{
    /// <summary>Makes requirements; nothing leaves this machine.</summary>
    public static IRequirementGenerator Generator { get; } = new RequirementProfiler();

    /// <summary>Chooses models.</summary>
    public static IModelSelector Selector { get; } = new ModelSelector();

    /// <summary>The requirement of an input, with an edited one on top where there is one.</summary>
    /// <exception cref="ModelInputException">The input cannot be read.</exception>
    public static TaskRequirement Make(TaskInput input, TaskRequirement? edited, Session session)
    {
        bool nothing = input is { Description: null, Classes.Count: 0, Table: null, Texts: null, Images: null };
        if (nothing && edited is not null) return edited;
        TaskRequirement made = Generator.GenerateAsync(input, new Progress(session), session.Cancel)
            .GetAwaiter().GetResult();
        return edited is null ? made : RequirementMerge.Merge(made, edited);
    }

    private sealed class Progress(Session session) : IProgress<string>
    {
        public void Report(string value) => session.Progress.Show(value);
    }
}
