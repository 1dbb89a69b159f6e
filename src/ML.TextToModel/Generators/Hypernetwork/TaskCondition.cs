namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>What a requirement hypernetwork takes of a task: vectors only.</summary>
/// <param name="Requirement">The vector of the requirement's sentence, (condition length).</param>
/// <param name="Features">
/// What each feature of a table means, (features, <see cref="FeatureLength"/>), row after row; empty where features are
/// those of a backbone.
/// </param>
/// <param name="Classes">The vector of each class's text, (classes, condition length), row after row.</param>
internal sealed record TaskCondition(float[] Requirement, float[] Features, float[] Classes)
{
    private const int Roles = 5;

    /// <summary>The number of classes.</summary>
    public int ClassCount => Classes.Length / Requirement.Length;

    /// <summary>The number of features of a table.</summary>
    public int FeatureCount => Features.Length / FeatureLength(Requirement.Length);

    /// <summary>
    /// Numbers of a feature: the vector of its column, that of its category, and its role among the column's features.
    /// </summary>
    public static int FeatureLength(int conditionLength) => 2 * conditionLength + Roles;
}
