using ML.TextToModel.Cli.Output;
using ML.TextToModel.Generators;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Cli.Commands;

/// <summary>Where the verbs get requirements and the choice of a model from.</summary>
internal static class RequirementMaker
{
    /// <summary>Chooses models.</summary>
    public static IModelSelector Selector { get; } = new ModelSelector();

    /// <summary>
    /// The requirement of an input, by the profiler and a language model where one is configured, with an edited one on
    /// top where there is one.
    /// </summary>
    /// <param name="input">What the user has.</param>
    /// <param name="edited">The edited requirement, if any.</param>
    /// <param name="session">Where remarks and progress go.</param>
    /// <param name="ask">Whether a language model may be asked.</param>
    /// <exception cref="ModelInputException">The input cannot be read, or the configuration is wrong.</exception>
    public static TaskRequirement Make(TaskInput input, TaskRequirement? edited, Session session, bool ask = true)
    {
        bool nothing = input is { Description: null, Classes.Count: 0, Table: null, Texts: null, Images: null };
        if (nothing && edited is not null) return edited;
        Progress progress = new(session);
        TaskRequirement made = (ask ? LanguageModel.Ask(input, progress, session) : null)
            ?? RequirementProfiler.Profile(input, progress, session.Cancel);
        return edited is null ? made : RequirementMerge.Merge(made, edited);
    }

    private sealed class Progress(Session session) : IProgress<string>
    {
        public void Report(string value) => session.Progress.Show(value);
    }
}
