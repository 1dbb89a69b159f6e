using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>A sample with the preprocessing that was fitted to it, and its rows as features.</summary>
internal sealed class PreparedTable
{
    /// <summary>Fits the preprocessing.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="quantiles">Whether numbers are encoded by their ranks.</param>
    /// <exception cref="ModelInputException">No column differs between rows.</exception>
    public PreparedTable(TableSample sample, bool quantiles)
    {
        Sample = sample;
        Preprocessing = TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values, new()
        {
            Quantiles = quantiles,
            Dates = Of(ColumnKind.Date).ToDictionary(column => column.Name, column => column.DateStyle),
            Booleans = Of(ColumnKind.Boolean).Select(column => column.Name).ToHashSet(),
        });
        if (Preprocessing.Width == 0)
            throw new ModelInputException("No column differs between rows; there is nothing to learn from.");
        Rows = Encode(sample);

        IEnumerable<TableColumn> Of(ColumnKind kind) => sample.Sources.Where(column => column.Kind == kind);
    }

    /// <summary>The sample.</summary>
    public TableSample Sample { get; }

    /// <summary>What is done to its rows.</summary>
    public TablePreprocessing Preprocessing { get; }

    /// <summary>Its rows as features.</summary>
    public FeatureRows Rows { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => Sample.Classes.Count;

    /// <summary>Other rows of the same columns as features.</summary>
    public FeatureRows Encode(TableSample sample) => FeatureRows.Encode(Preprocessing, sample);

    /// <summary>All rows, or <paramref name="most"/> of them with the classes in their shares.</summary>
    public FeatureRows Some(int most, Rng rng)
    {
        if (Sample.Rows <= most) return Rows;
        double share = most / (double)Sample.Rows;
        int[] chosen = TableSplit.Stratified(Sample.Labels, [share, 1 - share], rng)[0];
        int width = Rows.Columns;
        float[] features = new float[chosen.Length * width];
        for (int i = 0; i < chosen.Length; i++)
            Rows.Features.AsSpan(chosen[i] * width, width).CopyTo(features.AsSpan(i * width));
        return new(features, width, [.. chosen.Select(row => Sample.Labels[row])]);
    }

    /// <summary>At most so many rows as a generator takes them.</summary>
    public ContextTable Context(int most, Rng rng)
    {
        FeatureRows rows = Some(most, rng);
        return new(rows.Features, rows.Columns, rows.Labels, Classes);
    }
}
