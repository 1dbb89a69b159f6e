using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements;

/// <summary>
/// The part of a requirement that a classifier's card keeps: nothing of the rows, no fields of others, and neither keys
/// nor addresses where a text holds some.
/// </summary>
public static partial class RequirementCard
{
    /// <summary>The requirement without remarks and unknown fields, its texts without keys and addresses.</summary>
    public static TaskRequirement Of(TaskRequirement requirement) => requirement with
    {
        Sentence = Clean(requirement.Sentence),
        Classes = [.. requirement.Classes.Select(one => new ClassRequirement(
            one.Name, one.Description is null ? null : Clean(one.Description))
        {
            Synonyms = [.. one.Synonyms.Select(Clean)],
        })],
        Inputs = requirement.Inputs with
        {
            Columns = [.. requirement.Inputs.Columns.Select(column => column with
            {
                Description = column.Description is null ? null : Clean(column.Description), Other = null,
                Range = column.Range is null ? null : column.Range with { Other = null },
            })],
            Other = null,
        },
        Data = requirement.Data is null ? null : requirement.Data with { Other = null },
        Budget = requirement.Budget with { Other = null },
        Remarks = [],
        Other = null,
    };

    private static string Clean(string text) => Keys().Replace(Addresses().Replace(text, "[address]"), "[key]");

    /// <summary>Addresses of the web and of e-mail.</summary>
    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    /// <summary>Long words of letters and digits, such as those that services hand out.</summary>
    [GeneratedRegex(@"\b(?:sk|pk|key|ghp|xox[abp])[-_][\w-]{8,}|\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{24,}")]
    private static partial Regex Keys();
}
