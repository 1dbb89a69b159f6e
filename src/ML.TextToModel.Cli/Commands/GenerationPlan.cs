using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The requirement of a generation, and what was chosen for it.</summary>
internal sealed record GenerationPlan(TaskRequirement Requirement, ModelChoice Choice)
{
    /// <summary>Makes the requirement, tells its remarks, and chooses.</summary>
    /// <param name="input">The task, classes, example images and limits that the user gives.</param>
    /// <param name="file">An edited requirement; null for none.</param>
    /// <param name="data">A table or images; null for none.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="session">Takes the remarks.</param>
    /// <param name="labels">Whether labels of the data count.</param>
    /// <exception cref="ModelInputException">An input cannot be read, or nothing serves the requirement.</exception>
    public static GenerationPlan Make(
        TaskInput input, string? file, string? data, DataChoices options, Session session, bool labels = true)
    {
        TaskRequirement? edited = file is null ? null : RequirementInputs.Edited(file);
        string? label = edited?.Label;
        if (edited is not null && data is not null && options.Table.Label is null)
            edited = RequirementInputs.WithoutAbsentLabel(edited, data, options.Table, session.Warn);
        options = options with { Table = Options(options.Table, edited) };
        input = RequirementInputs.With(input, data, options);
        if (input.Table is { } table && edited?.Label != label)
            input = input with { Table = table with { IsUnlabelled = true } };
        TaskRequirement requirement = RequirementMaker.Make(input, edited, session);
        if (input.Budget != new ModelBudget()) requirement = requirement with { Budget = input.Budget };
        foreach (string remark in requirement.Remarks) session.Warn(remark);
        // Rows that a requirement tells of may be elsewhere.
        TaskRequirement served = data is null || !labels ? requirement with { Data = null } : requirement;
        return new(requirement, RequirementMaker.Selector.Select(served));
    }

    /// <summary>The options, with the label and the columns to leave out that a requirement names.</summary>
    public static TableOptions Options(TableOptions options, TaskRequirement? requirement) =>
        requirement is null ? options : options with
        {
            Label = options.Label ?? requirement.Label,
            Ignore =
            [
                .. options.Ignore.Union(requirement.Inputs.Columns
                    .Where(column => column.Role == ColumnRole.Ignored).Select(column => column.Name)),
            ],
        };

    /// <exception cref="ModelInputException">The rows have other classes than the requirement.</exception>
    public void CheckClasses(TableSample sample, string data)
    {
        string[] wanted = [.. Requirement.Classes.Select(one => one.Name)];
        if (wanted.ToHashSet().SetEquals(sample.Classes)) return;
        throw new ModelInputException(
            $"The requirement has the classes {Tables.Some(wanted)}; those of {data} are "
            + $"{Tables.Some(sample.Classes)}. Correct the requirement, or name the label (--label COL).");
    }

    /// <summary>The classifier with the requirement in its card.</summary>
    /// <exception cref="ModelInputException">It exceeds the budget.</exception>
    public FittedClassifier Finished(FittedClassifier classifier)
    {
        ModelCost cost = ModelCost.Of(classifier.Spec);
        if (!cost.Fits(Requirement.Budget))
            throw new ModelInputException($"The classifier exceeds the budget: it has {cost}. Raise the limit.");
        return new(
            classifier.Spec, classifier.Parameters, classifier.Classes, classifier.Preprocessing,
            classifier.Card with { Requirement = RequirementJson.ToElement(RequirementCard.Of(Requirement)) });
    }
}
