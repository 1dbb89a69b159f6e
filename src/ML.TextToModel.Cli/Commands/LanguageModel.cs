using ML.TextToModel.Cli.Output;
using ML.TextToModel.Llm;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The language model that the user has configured, if any.</summary>
internal static class LanguageModel
{
    /// <summary>The variable with the folder of replies, so that the same question is asked once.</summary>
    public const string CacheVariable = "T2M_LLM_CACHE";

    /// <summary>Makes the requirement with its help, and says what goes where; null where there is none.</summary>
    /// <param name="input">What the user has.</param>
    /// <param name="progress">Takes lines that say what is being done.</param>
    /// <param name="session">Where remarks go.</param>
    /// <exception cref="ModelInputException">The input cannot be read, or the configuration is wrong.</exception>
    public static TaskRequirement? Ask(TaskInput input, IProgress<string> progress, Session session)
    {
        if (LlmEndpoint.FromEnvironment(session.Variable) is not { } endpoint) return null;
        LlmOptions options = Options(session) with
        {
            Cache = new ReplyCache(Folder(session)), Sending = prompt => session.Warn(Announcement(prompt, endpoint)),
        };
        return endpoint.GenerateAsync(new RequirementProfiler(), input, options, progress, session.Cancel)
            .GetAwaiter().GetResult();
    }

    /// <summary>What would be sent, in text; sends nothing.</summary>
    /// <param name="input">What the user has.</param>
    /// <param name="session">With the seed of the samples.</param>
    /// <exception cref="ModelInputException">The input cannot be read.</exception>
    public static string Prompt(TaskInput input, Session session) => LlmPrompt.Of(
        input, RequirementProfiler.Profile(input, cancel: session.Cancel), Options(session), session.Cancel).ToString();

    /// <summary>What is said before anything is sent.</summary>
    /// <param name="prompt">What is sent.</param>
    /// <param name="endpoint">Where to.</param>
    internal static string Announcement(LlmPrompt prompt, LlmEndpoint endpoint)
    {
        string what = $"Facts and {prompt.SampleCount} samples of what you gave, about {prompt.Tokens:N0} tokens,";
        return endpoint.IsLocal
            ? $"{what} go to the language model {endpoint}, on this machine."
            : $"{what} leave this machine, for the language model {endpoint}; t2m describe --show-prompt shows them "
                + "and sends nothing.";
    }

    private static LlmOptions Options(Session session) => new() { Seed = session.Seed ?? 0, Time = session.Time };

    private static string Folder(Session session) => session.Variable(CacheVariable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "t2m", "replies");
}
