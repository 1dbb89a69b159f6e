using Microsoft.Extensions.AI;
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
        using Announced client = new(endpoint, session);
        LlmRequirementGenerator generator = new(
            client, new RequirementProfiler(), Options(session) with { Cache = new ReplyCache(Folder(session)) });
        return generator.GenerateAsync(input, progress, session.Cancel).GetAwaiter().GetResult();
    }

    /// <summary>What would be sent, in text; sends nothing.</summary>
    /// <param name="input">What the user has.</param>
    /// <param name="session">With the seed of the samples.</param>
    /// <exception cref="ModelInputException">The input cannot be read.</exception>
    public static string Prompt(TaskInput input, Session session) => LlmPrompt.Of(
        input, RequirementProfiler.Profile(input, cancel: session.Cancel), Options(session), session.Cancel).ToString();

    /// <summary>Says before the first request where it goes.</summary>
    private sealed class Announced(LlmEndpoint endpoint, Session session) : DelegatingChatClient(endpoint.CreateClient())
    {
        private bool _said;

        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
        {
            if (!_said)
                session.Warn(endpoint.IsLocal
                    ? $"Facts and samples of what you gave go to the language model {endpoint}, on this machine."
                    : $"Facts and samples of what you gave leave this machine, for the language model {endpoint}; "
                        + "t2m describe --show-prompt shows them and sends nothing.");
            _said = true;
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    private static LlmOptions Options(Session session) => new() { Seed = session.Seed ?? 0, Time = session.Time };

    private static string Folder(Session session) => session.Variable(CacheVariable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "t2m", "replies");
}
