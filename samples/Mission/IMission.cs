using Microsoft.ML;
using ML.TextToModel.MLNet;
using ML.TextToModel.Requirements;

namespace Mission;

/// <summary>A task, and what a user may have of it.</summary>
internal interface IMission
{
    string Name { get; }

    /// <summary>The user's words.</summary>
    string Description { get; }

    /// <summary>Rows to fit a step to: none, without labels, or with them.</summary>
    IDataView Rows(MLContext context, Given given);

    /// <summary>Rows that no step has seen, with their labels.</summary>
    IDataView Kept(MLContext context);

    /// <summary>A step that makes a classifier.</summary>
    IEstimator<ITransformer> Step(MLContext context, string? description, IRequirementGenerator requirements);

    /// <summary>The sample's missions by name.</summary>
    static IReadOnlyList<IMission> All { get; } = [new Flowers(), new Pictures()];
}

/// <summary>What rows a user gives.</summary>
internal enum Given
{
    Nothing,
    Unlabelled,
    Labelled,
}
