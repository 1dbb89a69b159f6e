namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>
/// What the profiler and the rules for sentences find, and what becomes of the answers of a language model.
/// </summary>
internal static class RequirementsSuite
{
    public static BenchmarkSuite Create() => new(
        "requirements", "the profiler on data and sentences, the answers of a language model; a minute",
        [
            new("speed", ProfilerSpeed.Run), new("data", ProfiledTasks.Run), new("sentences", ClassSentences.Run),
            new("wordings", Wordings.Run), new("llm", LlmAnswers.Run), new("injections", LlmInjections.Run),
        ]);
}
