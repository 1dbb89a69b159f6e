namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>Requirements without a language model: what the profiler and the rules for sentences find.</summary>
internal static class RequirementsSuite
{
    public static BenchmarkSuite Create() => new(
        "requirements", "the profiler on tables, texts and images, classes in sentences; under a minute",
        [
            new("speed", ProfilerSpeed.Run), new("data", ProfiledTasks.Run), new("sentences", ClassSentences.Run),
            new("wordings", Wordings.Run),
        ]);
}
