using ML.TextToModel.Encoders;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.MLNet;

/// <summary>What is known of the task beside its labels: the user's classes, and the requirement.</summary>
internal sealed class FittingTask
{
    private readonly TextToModelOptions _options;

    private FittingTask(TextToModelOptions options, TaskRequirement? requirement) =>
        (_options, Requirement) = (options, requirement);

    /// <summary>The requirement; null where the user says nothing of the task.</summary>
    public TaskRequirement? Requirement { get; }

    /// <summary>The classes that the requirement names.</summary>
    public ClassText[] Required =>
        [.. (Requirement?.Classes ?? []).Select(one => new ClassText(one.Name, one.Description))];

    /// <summary>
    /// Takes the user's requirement, or has one made of the description and the first rows where the user gives a
    /// description or says what makes requirements.
    /// </summary>
    /// <param name="options">What the user says.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="known">The classes and the places of labels, where the user or labels name them.</param>
    /// <param name="fitting">The fit.</param>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public static FittingTask Of(
        TextToModelOptions options, TrainingRows rows, (LabelClasses Classes, int[] Places)? known,
        FittingContext fitting)
    {
        if (options.Requirement is not null || options is { TaskDescription: null, RequirementGenerator: null })
            return new(options, options.Requirement);
        TaskInput words = new()
        {
            Description = options.TaskDescription,
            Classes = Requirements(new FittingTask(options, null).Describe(known?.Classes.Names ?? [])),
        };
        TaskInput task = TaskSamples.AddTo(
            words, rows, options,
            label => label < 0 || known is not { } found ? null : found.Classes.Names[found.Places[label]]);
        IRequirementGenerator generator = options.RequirementGenerator ?? new RequirementProfiler();
        TaskRequirement requirement = generator
            .GenerateAsync(task, new ChannelProgress(fitting), fitting.Cancel).GetAwaiter().GetResult();
        foreach (string remark in requirement.Remarks) fitting.Warn(remark);
        return new(options, requirement);
    }

    /// <summary>Classes with the descriptions that are known.</summary>
    public ClassText[] Describe(IReadOnlyList<string> names)
    {
        Dictionary<string, ClassText> known = Required.Concat(_options.Classes)
            .GroupBy(one => one.Name).ToDictionary(same => same.Key, same => same.Last());
        return [.. names.Select(name => known.GetValueOrDefault(name) ?? new ClassText(name))];
    }

    /// <summary>The requirement with the classes that the classifier is to have; null where there is none.</summary>
    public TaskRequirement? Of(IReadOnlyList<string> names) => Requirement is null ? null : Requirement with
    {
        Classes = Requirements(Describe(names)),
    };

    private static ClassRequirement[] Requirements(IEnumerable<ClassText> classes) =>
        [.. classes.Select(one => new ClassRequirement(one.Name, one.Description))];

    private sealed class ChannelProgress(FittingContext fitting) : IProgress<string>
    {
        public void Report(string value) => fitting.Info(value);
    }
}
