using ML.TextToModel.Generators.Hypernetwork;

namespace ML.TextToModel.Training;

/// <summary>A task that a hypernetwork learns.</summary>
/// <param name="Conditions">The task in each wording.</param>
/// <param name="Rows">Labelled rows.</param>
internal sealed record HypernetworkTask(IReadOnlyList<TaskCondition> Conditions, FeatureRows Rows);
