using System.Text.Json;

namespace ML.TextToModel.Requirements;

/// <summary>
/// Makes one requirement of two. What the user says comes first, then what was counted in the data, then what is surer.
/// Names and order of classes come from one side alone; the other may only describe them.
/// </summary>
public static class RequirementMerge
{
    /// <summary>Merges what was profiled with what else is said of the same task.</summary>
    /// <param name="profiled">What the profiler found; preferred where nothing else decides.</param>
    /// <param name="said">What somebody else says, such as a language model.</param>
    public static TaskRequirement Merge(TaskRequirement profiled, TaskRequirement said)
    {
        Dictionary<string, Origin> origins = [];
        List<string> remarks = [.. profiled.Remarks.Union(said.Remarks)];
        TaskRequirement modality = Better(RequirementFields.Modality), task = Better(RequirementFields.Task);
        TaskRequirement named = Better(RequirementFields.Classes);
        TaskRequirement other = ReferenceEquals(named, profiled) ? said : profiled;
        if (other.Classes.Count > 0 && !SameNames(named.Classes, other.Classes))
        {
            remarks.Add($"Classes that were also named are left out: {Names(other)}; kept are those of "
                + $"{Of(named)}: {Names(named)}.");
        }
        return profiled with
        {
            Sentence = Better(RequirementFields.Sentence).Sentence,
            Modality = modality.Modality,
            Task = task.Task,
            Classes = WithDescriptions(),
            Label = Better(RequirementFields.Label).Label,
            Inputs = Better(RequirementFields.Inputs).Inputs,
            Data = Better(RequirementFields.Data).Data,
            Budget = Better(RequirementFields.Budget).Budget,
            Origins = origins,
            Remarks = remarks,
            Usage = said.Usage ?? profiled.Usage,
            Other = said.Other is null ? profiled.Other : profiled.Other is null ? said.Other : Both(),
        };

        TaskRequirement Better(string field)
        {
            Origin? mine = profiled.OriginOf(field), theirs = said.OriginOf(field);
            TaskRequirement better = Rank(theirs).CompareTo(Rank(mine)) > 0 ? said : profiled;
            if (better.OriginOf(field) is { } origin) origins[field] = origin;
            return better;
        }

        IReadOnlyList<ClassRequirement> WithDescriptions()
        {
            Origin? origin = named.OriginOf(RequirementFields.Descriptions)
                ?? other.OriginOf(RequirementFields.Descriptions);
            if (origin is not null) origins[RequirementFields.Descriptions] = origin;
            return [.. named.Classes.Select(one => Described(one, other.Classes))];
        }

        Dictionary<string, JsonElement> Both() =>
            profiled.Other!.UnionBy(said.Other!, pair => pair.Key).ToDictionary();
    }

    /// <summary>The user's word above counted facts above conclusions, the surer above the less sure.</summary>
    private static (int, double) Rank(Origin? origin) => origin switch
    {
        null => (-1, 0),
        { Source: RequirementSource.User } => (2, origin.Confidence),
        { Source: RequirementSource.Data } => (1, origin.Confidence),
        _ => (0, origin.Confidence),
    };

    private static ClassRequirement Described(ClassRequirement one, IReadOnlyList<ClassRequirement> descriptions)
    {
        ClassRequirement? same = descriptions.FirstOrDefault(other => other.Name == one.Name)
            ?? descriptions.FirstOrDefault(other => Same(other.Name, one.Name));
        if (same is null) return one;
        return one with
        {
            Description = one.Description ?? same.Description,
            Synonyms = one.Synonyms.Count > 0 ? one.Synonyms : same.Synonyms,
        };
    }

    private static bool SameNames(IReadOnlyList<ClassRequirement> a, IReadOnlyList<ClassRequirement> b) =>
        a.Count == b.Count && a.Zip(b, (x, y) => Same(x.Name, y.Name)).All(same => same);

    private static bool Same(string a, string b) => a.Trim().Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Of(TaskRequirement named) => named.OriginOf(RequirementFields.Classes)?.Source switch
    {
        RequirementSource.User => "the user",
        RequirementSource.Data => "the data",
        RequirementSource.Llm => "the language model",
        _ => "the profiler",
    };

    private static string Names(TaskRequirement requirement)
    {
        const int shown = 20;
        return string.Join(", ", requirement.Classes.Take(shown).Select(one => one.Name))
            + (requirement.Classes.Count > shown ? ", …" : "");
    }
}
