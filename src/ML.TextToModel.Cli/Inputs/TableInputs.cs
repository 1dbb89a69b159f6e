using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The columns of a table that a classifier takes.</summary>
/// <param name="Names">Their names; empty where they are known by their position alone.</param>
/// <param name="Columns">For each column what it holds.</param>
internal sealed record TableInputs(IReadOnlyList<string> Names, IReadOnlyList<TableInput> Columns)
{
    /// <summary>Whether they are texts: a table with as many texts has them, whatever columns are called.</summary>
    public bool AreTexts { get; init; }

    /// <summary>The columns of a classifier; null for one that takes no tables.</summary>
    public static TableInputs? Of(FittedClassifier model) => model.Preprocessing switch
    {
        FeaturePreprocessing features =>
            new(features.Columns, [.. Enumerable.Repeat(new TableInput(ColumnKind.Numeric), model.RowLength)]),
        TablePreprocessing table => new(
            [.. table.Columns.Select(column => column.Name)], [.. table.Columns.Select(TableInput.Of)]),
        _ => null,
    };
}

/// <summary>What a column holds.</summary>
/// <param name="Kind">Numeric, boolean, date or categorical.</param>
/// <param name="Categories">The categories of a categorical one.</param>
/// <param name="DateStyle">How dates are written, where that is known.</param>
internal sealed record TableInput(
    ColumnKind Kind, IReadOnlyList<string>? Categories = null, string? DateStyle = null)
{
    public static TableInput Of(ColumnEncoding column) => column switch
    {
        CategoricalEncoding own => new(ColumnKind.Categorical, own.Categories),
        DateEncoding date => new(ColumnKind.Date, DateStyle: date.Style),
        NumericEncoding { IsBoolean: true } => new(ColumnKind.Boolean),
        _ => new(ColumnKind.Numeric),
    };

    /// <summary>Whether a column found to be of <paramref name="found"/> has to be read as another kind.</summary>
    public bool MustTell(ColumnKind found) => Kind switch
    {
        ColumnKind.Categorical => IsNumber(found),
        // Files of earlier versions do not tell dates and booleans from numbers.
        ColumnKind.Numeric => !IsNumber(found),
        _ => true,
    };

    private static bool IsNumber(ColumnKind kind) =>
        kind is ColumnKind.Numeric or ColumnKind.Boolean or ColumnKind.Date;
}
