namespace ML.TextToModel.Requirements;

/// <summary>Where a field of a requirement comes from, and how sure it is.</summary>
/// <param name="Source">Where from.</param>
/// <param name="Confidence">0 (a guess) to 1 (certain).</param>
public sealed record Origin(RequirementSource Source, double Confidence = 1);

/// <summary>Who or what says it.</summary>
public enum RequirementSource
{
    /// <summary>Rules of the profiler conclude it from data or words.</summary>
    Rules,

    /// <summary>A language model says it.</summary>
    Llm,

    /// <summary>It was counted in the data.</summary>
    Data,

    /// <summary>The user says it, by an option or in an edited file.</summary>
    User,
}

/// <summary>The fields whose origin is kept, by their names in JSON.</summary>
public static class RequirementFields
{
    /// <summary><see cref="TaskRequirement.Sentence"/>.</summary>
    public const string Sentence = "sentence";

    /// <summary><see cref="TaskRequirement.Modality"/>.</summary>
    public const string Modality = "modality";

    /// <summary><see cref="TaskRequirement.Task"/>.</summary>
    public const string Task = "task";

    /// <summary><see cref="TaskRequirement.Classes"/>: names and order.</summary>
    public const string Classes = "classes";

    /// <summary>Descriptions and synonyms of the <see cref="TaskRequirement.Classes"/>.</summary>
    public const string Descriptions = "descriptions";

    /// <summary><see cref="TaskRequirement.Label"/>.</summary>
    public const string Label = "label";

    /// <summary><see cref="TaskRequirement.Inputs"/>.</summary>
    public const string Inputs = "inputs";

    /// <summary><see cref="TaskRequirement.Data"/>.</summary>
    public const string Data = "data";

    /// <summary><see cref="TaskRequirement.Budget"/>.</summary>
    public const string Budget = "budget";
}
