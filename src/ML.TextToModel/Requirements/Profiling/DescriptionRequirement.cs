namespace ML.TextToModel.Requirements.Profiling;

/// <summary>The requirement that the user's words alone make.</summary>
internal static class DescriptionRequirement
{
    private const double FromWords = 0.6;

    public static TaskRequirement Of(DescriptionProfile words)
    {
        Dictionary<string, Origin> origins = new()
        {
            [RequirementFields.Sentence] = new(RequirementSource.User),
            [RequirementFields.Task] = new(RequirementSource.Rules, FromWords),
        };
        if (words.Modality != Modality.Unknown)
        {
            origins[RequirementFields.Modality] = origins[RequirementFields.Inputs] =
                new(RequirementSource.Rules, words.ModalityConfidence);
        }
        if (words.Classes.Count > 0)
            origins[RequirementFields.Classes] = new(RequirementSource.Rules, words.ClassConfidence);
        return new()
        {
            Sentence = words.Sentence,
            Modality = words.Modality,
            Task = words.Task,
            Classes = [.. words.Classes.Select(name => new ClassRequirement(name))],
            Inputs = new()
            {
                Texts = words.Modality != Modality.Text ? [] : words.IsPair ? ["text 1", "text 2"] : ["text"],
            },
            Origins = origins,
        };
    }
}
