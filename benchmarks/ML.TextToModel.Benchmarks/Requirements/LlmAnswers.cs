using Microsoft.Extensions.AI;
using ML.TextToModel.Llm;
using ML.TextToModel.Loopback;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>
/// A server on this machine that answers well or badly, asked through the official package: how often the result is
/// the one that docs/llm.md promises.
/// </summary>
internal static class LlmAnswers
{
    private const string Sentence = "Tell the three species of iris apart by their petals.";

    private const string Good =
        $$"""
        {"requirement": "{{Sentence}}", "modality": "table",
         "classes": ["Iris-setosa", "Iris-versicolor", "Iris-virginica"],
         "descriptions": ["small petals", "middling petals", "large petals"], "synonyms": ["", "", ""], "columns": []}
        """;

    private static readonly ChatReply s_good = ChatReply.Says(Good);

    private static readonly Answer[] s_answers =
    [
        new("good reply", 1, true, s_good),
        new("429, then good", 2, true, ChatReply.Fails(429), s_good),
        new("429 for ever", 3, false, ChatReply.Fails(429)),
        new("500, then good", 2, true, ChatReply.Fails(500), s_good),
        new("500 for ever", 3, false, ChatReply.Fails(500)),
        new("no answer", 3, false, new ChatReply { Stalls = true }),
        new("cut reply, then good", 2, true, s_good with { Most = 200 }, s_good),
        new("cut reply for ever", 3, false, s_good with { Most = 200 }),
        new("code fence", 1, true, ChatReply.Says($"```json\n{Good}\n```")),
        new("echoed schema", 1, true, ChatReply.Says(
            """{"type": "object", "properties": {"requirement": {"type": "string"}}}""" + Good)),
        new("wrong types", 1, true, ChatReply.Says(
            $$"""{"requirement": "{{Sentence}}", "modality": [], "classes": 3, "descriptions": "x" }""")),
        new("a reply of 10 MB", 1, false, ChatReply.Says(new string(' ', 10_000_000))),
        new("refusal", 1, false, ChatReply.Declines()),
        new("other classes, then good", 2, true, ChatReply.Says(Good.Replace("Iris-", "")), s_good),
        new("other classes for ever", 2, false, ChatReply.Says(Good.Replace("Iris-", ""))),
    ];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        const string check = "answers of a loopback server with the documented result";
        KnownTask iris = KnownTask.All.First(task => task.File.Contains("iris", StringComparison.Ordinal));
        if (iris.Open(context.Options.DataRoot) is not { } input)
        {
            yield return BenchmarkRow.Absent(check, "answers", $"absent: {iris.File}");
            yield break;
        }
        TaskRequirement profiled = RequirementProfiler.Profile(input, cancel: context.Cancel);
        List<string> wrong = [];
        foreach (Answer answer in s_answers)
            if (!IsAsDocumented(answer, input, profiled, context.Cancel)) wrong.Add(answer.Name);
        yield return new BenchmarkRow(
            check, s_answers.Length - wrong.Count, "answers", s_answers.Length, N: s_answers.Length,
            Detail: wrong.Count > 0
                ? $"wrong: {string.Join(", ", wrong)}"
                : string.Join(", ", s_answers.Select(answer => answer.Name))).Judge();
    }

    /// <summary>The requirement of an input by a server's model.</summary>
    public static TaskRequirement Ask(ChatServer server, TaskInput input, CancellationToken cancel)
    {
        EndpointOptions patience = new()
        {
            Timeout = TimeSpan.FromSeconds(1), Retries = 2, Pause = TimeSpan.FromMilliseconds(1),
        };
        using IChatClient client = new LlmEndpoint(server.Address, "test-model").CreateClient(patience);
        return new LlmRequirementGenerator(client, new RequirementProfiler())
            .GenerateAsync(input, cancel: cancel).GetAwaiter().GetResult();
    }

    /// <summary>Whether names and order of the classes, label, modality and task are the same.</summary>
    public static bool IsSameTask(TaskRequirement a, TaskRequirement b) =>
        a.Classes.Select(one => one.Name).SequenceEqual(b.Classes.Select(one => one.Name))
        && (a.Label, a.Modality, a.Task) == (b.Label, b.Modality, b.Task);

    private static bool IsAsDocumented(
        Answer answer, TaskInput input, TaskRequirement profiled, CancellationToken cancel)
    {
        using ChatServer server = new(answer.Replies);
        TaskRequirement found = Ask(server, input, cancel);
        return IsSameTask(found, profiled) && server.Requests.Count == answer.Requests
            && found.Sentence == (answer.IsUsed ? Sentence : profiled.Sentence)
            && found.Remarks.Count == profiled.Remarks.Count + (answer.IsUsed ? 0 : 1);
    }

    /// <summary>What a server answers.</summary>
    /// <param name="Name">In words.</param>
    /// <param name="Requests">How often it should be asked.</param>
    /// <param name="IsUsed">Whether the model's sentence should count, else the profiler's.</param>
    /// <param name="Replies">One for each request, the last one again and again.</param>
    private sealed record Answer(string Name, int Requests, bool IsUsed, params ChatReply[] Replies);
}
