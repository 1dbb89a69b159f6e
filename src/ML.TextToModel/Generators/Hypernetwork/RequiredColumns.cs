using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>The scale of columns, from rows or, where there are none, from what a requirement says of them.</summary>
internal static class RequiredColumns
{
    /// <summary>For each column the middle of its range for the mean, and a quarter of it for the deviation.</summary>
    /// <param name="requirement">What is known of the columns.</param>
    /// <param name="names">The columns, in order; null for all inputs of the requirement.</param>
    /// <exception cref="ModelInputException">A column is no number, or its range is not known.</exception>
    public static TablePreprocessing Preprocessing(TaskRequirement requirement, IReadOnlyList<string>? names)
    {
        ColumnRequirement[] inputs =
            [.. requirement.Inputs.Columns.Where(column => column.Role == ColumnRole.Input)];
        ColumnRequirement[] columns = names is null
            ? inputs
            : [.. names.Select(name => inputs.FirstOrDefault(one => one.Name == name) ?? Unknown(name))];
        if (columns.Length == 0)
            throw new ModelInputException("The requirement names no columns, and there are no rows to count them in.");
        if (columns.FirstOrDefault(one => one.Kind is not (ColumnKind.Numeric or ColumnKind.Boolean)) is { } other)
            throw new ModelInputException(
                $"The column '{other.Name}' holds no numbers, so that a classifier of it needs rows, with labels or "
                + "without.");
        string[] without = [.. columns.Where(column => Range(column) is null).Select(column => $"'{column.Name}'")];
        if (without.Length > 0)
            throw new ModelInputException(
                $"Nothing says where the values of {string.Join(", ", without)} lie. Give rows, with labels or "
                + "without, or say it in the requirement: a range, or a description such as 'in centimetres, from 4 to "
                + "8'.");
        return new TablePreprocessing([.. columns.Select(column => Encoding(column, Range(column)!))]);
    }

    /// <summary>An encoding for each column of rows.</summary>
    public static TablePreprocessing Preprocessing(RawRows rows)
    {
        return TablePreprocessing.Fit(rows.Columns, rows.Categories, rows.Values, new()
        {
            Dates = Of(ColumnKind.Date).ToDictionary(column => column.Name, column => column.DateStyle),
            Booleans = Of(ColumnKind.Boolean).Select(column => column.Name).ToHashSet(),
        });

        IEnumerable<TableColumn> Of(ColumnKind kind) => rows.Sources.Where(column => column.Kind == kind);
    }

    private static ColumnRange? Range(ColumnRequirement column) => column.Range
        ?? ColumnRange.InWords(column.Description)
        ?? (column.Kind == ColumnKind.Boolean ? new ColumnRange(0, 1) : null);

    private static NumericEncoding Encoding(ColumnRequirement column, ColumnRange range)
    {
        double width = range.High - range.Low;
        return new(
            column.Name, (float)(range.Low - width), (float)(range.High + width),
            (float)((range.Low + range.High) / 2), (float)(width / 2 / ColumnRange.Deviations), 0)
        {
            IsBoolean = column.Kind == ColumnKind.Boolean,
        };
    }

    private static ColumnRequirement Unknown(string name) => new(name, ColumnKind.Numeric);
}
