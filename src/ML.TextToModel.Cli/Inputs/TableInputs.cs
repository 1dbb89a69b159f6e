using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The columns of a table that a classifier takes.</summary>
/// <param name="Names">Their names; empty where they are known by their position alone.</param>
/// <param name="Categories">For each column the categories it may hold; null for numbers.</param>
internal sealed record TableInputs(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>?> Categories)
{
    /// <summary>The columns of a classifier; null for one that takes no tables.</summary>
    public static TableInputs? Of(FittedClassifier model) => model.Preprocessing switch
    {
        FeaturePreprocessing features => new(features.Columns, new IReadOnlyList<string>?[model.RowLength]),
        TablePreprocessing table => new(
            [.. table.Columns.Select(column => column.Name)],
            [.. table.Columns.Select(column => (column as CategoricalEncoding)?.Categories)]),
        _ => null,
    };
}
