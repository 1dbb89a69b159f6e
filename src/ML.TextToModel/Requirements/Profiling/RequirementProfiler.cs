namespace ML.TextToModel.Requirements.Profiling;

/// <summary>
/// Makes requirements without a language model: counts what the data hold, and reads the user's words by rules.
/// Deterministic; data are read once or twice and never kept. The embedded default.
/// </summary>
/// <example><code>
/// TaskRequirement requirement = RequirementProfiler.Profile(new() { Table = TableData.Of("iris.csv") });
/// </code></example>
public sealed class RequirementProfiler : IRequirementGenerator
{
    /// <inheritdoc/>
    public Task<TaskRequirement> GenerateAsync(
        TaskInput input, IProgress<string>? progress = null, CancellationToken cancel = default) =>
        Task.Run(() => Profile(input, progress, cancel), cancel);

    /// <summary>The same, on the calling thread.</summary>
    /// <param name="input">What the user has.</param>
    /// <param name="progress">Takes lines that say what is being done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The input cannot be read; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static TaskRequirement Profile(
        TaskInput input, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        DescriptionProfile? words = DescriptionProfile.Of(input.Description);
        IReadOnlyList<string> classes =
            input.Classes.Count > 0 ? [.. input.Classes.Select(one => one.Name)] : words?.Classes ?? [];
        List<TaskRequirement> parts = [];
        if (input.Table is { } table)
            parts.Add(Counted(table.Name, () => TableRequirement.Of(table, words, classes, cancel)));
        if (input.Texts is { } texts) parts.Add(Counted(texts.Name, () => TextRequirement.Of(texts, cancel)));
        if (input.Images is { } images) parts.Add(Counted(images.Name, () => ImageRequirement.Of(images, cancel)));
        if (words is not null) parts.Add(DescriptionRequirement.Of(words));
        parts.Add(OfUser(input));
        TaskRequirement merged = parts.Aggregate(RequirementMerge.Merge);
        if (merged.Sentence.Length > 0) return merged;
        return merged with
        {
            Sentence = RequirementSentence.Of(merged),
            Origins = new Dictionary<string, Origin>(merged.Origins)
            {
                [RequirementFields.Sentence] = new(RequirementSource.Rules, parts.Count > 1 ? 0.5 : 0),
            },
        };

        TaskRequirement Counted(string name, Func<TaskRequirement> profile)
        {
            progress?.Report($"looking at {name}");
            return profile();
        }
    }

    /// <summary>The classes and limits that the user gives.</summary>
    private static TaskRequirement OfUser(TaskInput input)
    {
        Dictionary<string, Origin> origins = [];
        if (input.Classes.Count > 0)
        {
            origins[RequirementFields.Classes] = origins[RequirementFields.Task] = new(RequirementSource.User);
            if (input.Classes.Any(one => one.Description is not null))
                origins[RequirementFields.Descriptions] = new(RequirementSource.User);
        }
        if (input.Budget != new ModelBudget()) origins[RequirementFields.Budget] = new(RequirementSource.User);
        return new()
        {
            Classes = input.Classes, Budget = input.Budget, Origins = origins,
            Task = input.Classes.Count > 0 ? TaskKind.Classification : TaskKind.Unknown,
        };
    }
}
