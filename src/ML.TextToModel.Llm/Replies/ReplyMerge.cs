using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// Makes a requirement of what was profiled and of a reply that passed <see cref="ReplyCheck"/>. Counted facts and the
/// user's word stay; names of classes that only the model says count where no stranger's data was shown to it, or where
/// the user's own words hold them.
/// </summary>
internal static class ReplyMerge
{
    private const double SentenceConfidence = 0.9, ClassConfidence = 0.9, OtherConfidence = 0.7;

    private const int MaxName = 80;

    /// <param name="profiled">What is known.</param>
    /// <param name="reply">What the model said.</param>
    /// <param name="input">What the user has.</param>
    /// <param name="prompt">What the model was shown.</param>
    /// <param name="options">With which the prompt was written.</param>
    public static TaskRequirement Merge(
        TaskRequirement profiled, RequirementReply reply, TaskInput input, LlmPrompt prompt, LlmOptions options)
    {
        Dictionary<string, Origin> origins = new()
        {
            [RequirementFields.Sentence] = new(RequirementSource.Llm, SentenceConfidence),
        };
        List<string> remarks = [];
        bool modality = reply.Modality != Modality.Unknown
            && !ReplyCheck.IsSure(profiled, RequirementFields.Modality);
        if (modality) origins[RequirementFields.Modality] = new(RequirementSource.Llm, OtherConfidence);

        ClassRequirement[] named = Named(reply);
        bool names = named.Length > 1 && !ReplyCheck.IsSure(profiled, RequirementFields.Classes)
            && !(profiled.Task == TaskKind.Score && ReplyCheck.IsSure(profiled, RequirementFields.Task));
        if (names && Objection(named, input, prompt) is { } objection)
        {
            remarks.Add($"Classes that the language model named are left out: {objection}");
            names = false;
        }
        if (names) origins[RequirementFields.Classes] = new(RequirementSource.Llm, ClassConfidence);
        ClassRequirement[] classes = names ? named : Described(profiled, reply, options);
        if (classes.Any(one => one.Description is not null || one.Synonyms.Count > 0))
            origins[RequirementFields.Descriptions] = new(RequirementSource.Llm, OtherConfidence);

        TaskRequirement merged = RequirementMerge.Merge(profiled, new TaskRequirement
        {
            Sentence = reply.Sentence, Modality = modality ? reply.Modality : profiled.Modality, Classes = classes,
            Origins = origins, Remarks = remarks,
        });
        return merged with { Inputs = WithColumns(merged, reply, options) };
    }

    private static ClassRequirement[] Named(RequirementReply reply) =>
        [.. reply.Classes.Select((name, i) => Describe(name.Trim(), reply, i))];

    /// <summary>The known classes with what the reply says of them.</summary>
    private static ClassRequirement[] Described(TaskRequirement profiled, RequirementReply reply, LlmOptions options)
    {
        IReadOnlyList<string> shown = PromptBuilder.ClassNames(profiled, options);
        int[] places = reply.Classes.Count > 0
            ? ReplyCheck.Places(shown, reply.Classes)
            : [.. Enumerable.Range(0, shown.Count)];
        return [.. profiled.Classes.Select((one, i) => Describe(one.Name, reply, i < places.Length ? places[i] : -1))];
    }

    private static ClassRequirement Describe(string name, RequirementReply reply, int place)
    {
        string description = reply.Descriptions.ElementAtOrDefault(place) ?? "";
        string synonyms = reply.Synonyms.ElementAtOrDefault(place) ?? "";
        return new ClassRequirement(name, description.Length > 0 ? description : null)
        {
            Synonyms =
            [
                .. synonyms.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Where(synonym => !synonym.Equals(name, StringComparison.OrdinalIgnoreCase)).Distinct(),
            ],
        };
    }

    /// <summary>Why classes that the model named are not taken over; null where they are.</summary>
    private static string? Objection(ClassRequirement[] named, TaskInput input, LlmPrompt prompt)
    {
        if (named.Any(one => one.Name.Length > MaxName)) return "a name is too long.";
        if (named.DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase).Count() < named.Length)
            return "it named one twice.";
        string own = input.Description ?? "";
        return prompt.SampleCount == 0
            || named.All(one => own.Contains(one.Name, StringComparison.OrdinalIgnoreCase))
                ? null
                : "the samples have no labels and the task's own words do not hold these names. Name them with the "
                    + "task.";
    }

    /// <summary>The inputs, with the meanings of columns that the reply gives.</summary>
    private static InputRequirement WithColumns(TaskRequirement merged, RequirementReply reply, LlmOptions options)
    {
        IReadOnlyList<ColumnRequirement> shown = PromptBuilder.Columns(merged, options);
        if (shown.Count == 0 || reply.Columns.Count != shown.Count) return merged.Inputs;
        Dictionary<string, string> meanings = shown.Zip(reply.Columns)
            .Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return merged.Inputs with
        {
            Columns =
            [
                .. merged.Inputs.Columns.Select(column => column.Description is null
                    ? column with { Description = meanings.GetValueOrDefault(column.Name) }
                    : column),
            ],
        };
    }
}
