using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Encoders;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.MLNet;

/// <summary>What is known of the task beside its labels: the user's classes, and the requirement.</summary>
internal sealed class FittingTask
{
    private const int SampleTexts = 100;

    private readonly TextToModelOptions _options;

    private FittingTask(TextToModelOptions options, TaskRequirement? requirement) =>
        (_options, Requirement) = (options, requirement);

    /// <summary>The requirement; null where the user says nothing of the task.</summary>
    public TaskRequirement? Requirement { get; }

    /// <summary>Takes the user's requirement, or has one made of the description and a sample of texts.</summary>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public static FittingTask Of(
        TextToModelOptions options, IDataView view, InputColumn input, FittingContext fitting)
    {
        if (options.Requirement is { } known) return new(options, known);
        if (options.TaskDescription is not { } words) return new(options, null);
        TaskInput task = new()
        {
            Description = words,
            Classes = [.. options.Classes.Select(one => new ClassRequirement(one.Name, one.Description))],
            Texts = input.Kind == InputKind.Text ? new TextData(input.Name, Sample(view, input.Column)) : null,
        };
        IRequirementGenerator generator = options.RequirementGenerator ?? new RequirementProfiler();
        TaskRequirement requirement = generator
            .GenerateAsync(task, new ChannelProgress(fitting), fitting.Cancel).GetAwaiter().GetResult();
        foreach (string remark in requirement.Remarks) fitting.Warn(remark);
        return new(options, requirement);
    }

    /// <summary>The classes that are named: by the user, else by the requirement of rows without labels.</summary>
    public IReadOnlyList<ClassText> Named(int labelledRows) =>
        _options.Classes.Count > 0 ? _options.Classes : labelledRows == 0 ? Required() : [];

    /// <summary>Classes with the descriptions that are known.</summary>
    public ClassText[] Describe(IReadOnlyList<string> names)
    {
        Dictionary<string, ClassText> known = Required().Concat(_options.Classes)
            .GroupBy(one => one.Name).ToDictionary(same => same.Key, same => same.Last());
        return [.. names.Select(name => known.GetValueOrDefault(name) ?? new ClassText(name))];
    }

    private ClassText[] Required() =>
        [.. (Requirement?.Classes ?? []).Select(one => new ClassText(one.Name, one.Description))];

    private static IEnumerable<TextSample> Sample(IDataView view, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<ReadOnlyMemory<char>> get = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        for (int i = 0; i < SampleTexts && cursor.MoveNext(); i++)
        {
            get(ref text);
            yield return new TextSample(text.ToString());
        }
    }

    private sealed class ChannelProgress(FittingContext fitting) : IProgress<string>
    {
        public void Report(string value) => fitting.Info(value);
    }
}
