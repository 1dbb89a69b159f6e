namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>The sizes of synthetic tables. The defaults are those of small tables as users bring them.</summary>
public sealed record PriorOptions
{
    /// <summary>Fewest columns, from 2. Default 2.</summary>
    public int MinFeatures { get; init; } = 2;

    /// <summary>Most columns, from <see cref="MinFeatures"/>. Default 100.</summary>
    public int MaxFeatures { get; init; } = 100;

    /// <summary>
    /// Columns that most tables do not exceed; limited to the range from fewest to most. Default 30.
    /// </summary>
    public int UsualFeatures { get; init; } = 30;

    /// <summary>Tables of a hundred that keep to <see cref="UsualFeatures"/>, from 0 to 100. Default 80.</summary>
    public int UsualPercent { get; init; } = 80;

    /// <summary>Most classes, from 2. Half of all tables have two. Default 10.</summary>
    public int MaxClasses { get; init; } = 10;

    /// <summary>Most categories of one column, from 2. Default 10.</summary>
    public int MaxCategories { get; init; } = 10;

    /// <summary>What is wrong with the settings, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (MinFeatures < 2) yield return $"MinFeatures is {MinFeatures}; it is from 2.";
        if (MaxFeatures < MinFeatures)
            yield return $"MaxFeatures is {MaxFeatures}; it is from MinFeatures, {MinFeatures}.";
        if (UsualPercent is < 0 or > 100) yield return $"UsualPercent is {UsualPercent}; it is from 0 to 100.";
        if (MaxClasses < 2) yield return $"MaxClasses is {MaxClasses}; it is from 2.";
        if (MaxCategories < 2) yield return $"MaxCategories is {MaxCategories}; it is from 2.";
    }
}
