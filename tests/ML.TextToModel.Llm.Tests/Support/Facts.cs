using System.Text;
using Microsoft.Extensions.AI;
using ML.TextToModel.Datasets;
using ML.TextToModel.Loopback;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm.Tests.Support;

/// <summary>A profiler that always finds the same.</summary>
internal sealed class Facts(TaskRequirement requirement) : IRequirementGenerator
{
    /// <summary>What is known of <see cref="Fruit"/>.</summary>
    public static TaskRequirement OfFruit { get; } = new()
    {
        Sentence = "Tell ripe from unripe by hue and firm.",
        Modality = Modality.Table,
        Task = TaskKind.Classification,
        Classes = ["ripe", "unripe"],
        Label = "state",
        Inputs = new()
        {
            Columns =
            [
                new("hue", ColumnKind.Numeric), new("note", ColumnKind.Text),
                new("code", ColumnKind.Categorical, ColumnRole.Ignored),
                new("state", ColumnKind.Categorical, ColumnRole.Label),
            ],
        },
        Data = new() { Rows = 4, Counts = new Dictionary<string, long> { ["ripe"] = 2, ["unripe"] = 2 } },
        Origins = new Dictionary<string, Origin>
        {
            [RequirementFields.Sentence] = new(RequirementSource.Rules, 0.8),
            [RequirementFields.Modality] = new(RequirementSource.Data),
            [RequirementFields.Task] = new(RequirementSource.Data),
            [RequirementFields.Classes] = new(RequirementSource.Data),
            [RequirementFields.Label] = new(RequirementSource.Data),
            [RequirementFields.Inputs] = new(RequirementSource.Data),
            [RequirementFields.Data] = new(RequirementSource.Data),
        },
    };

    public static TaskInput Fruit { get; } = Table(
        """
        hue,note,code,state
        61.5,soft and sweet,k1,ripe
        20.1,call ann@example.com or +49 171 2345678,k2,unripe
        58.0,card 4111 1111 1111 1111,k3,ripe
        22.2,hard,k4,unripe
        """);

    public static string GoodReply =>
        """
        {"requirement": "Say by hue and firmness whether a fruit is ripe.", "modality": "table",
         "classes": ["ripe", "unripe"], "descriptions": ["high hue, soft", "low hue, firm"],
         "synonyms": ["mature", "immature, green"], "columns": ["colour angle", "a remark"]}
        """;

    public static TaskInput Table(string csv) => new()
    {
        Table = new TableData(
            "fruit.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(csv)), new TableOptions { Label = "state" }),
    };

    /// <summary>The requirement of an input by a server's model.</summary>
    public static async Task<TaskRequirement> AskAsync(
        ChatServer server, TaskInput? input = null, TaskRequirement? known = null, LlmOptions? options = null,
        EndpointOptions? patience = null, CancellationToken cancel = default)
    {
        using IChatClient client = new LlmEndpoint(server.Address, "test-model", "secret-key").CreateClient(
            patience ?? new EndpointOptions { Pause = TimeSpan.FromMilliseconds(1) });
        LlmRequirementGenerator generator = new(client, new Facts(known ?? OfFruit), options);
        return await generator.GenerateAsync(input ?? Fruit, cancel: cancel);
    }

    public Task<TaskRequirement> GenerateAsync(
        TaskInput input, IProgress<string>? progress = null, CancellationToken cancel = default) =>
        Task.FromResult(requirement);
}
