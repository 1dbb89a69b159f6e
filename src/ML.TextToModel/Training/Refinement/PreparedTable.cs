using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>A sample with the preprocessing that was fitted to it, and its rows as features.</summary>
internal sealed class PreparedTable
{
    private readonly bool _quantiles;

    private PreparedTable(TableSample sample, TablePreprocessing preprocessing, bool quantiles)
    {
        (Sample, Preprocessing, _quantiles) = (sample, preprocessing, quantiles);
        Rows = Encode(sample);
    }

    /// <summary>The sample.</summary>
    public TableSample Sample { get; }

    /// <summary>What is done to its rows.</summary>
    public TablePreprocessing Preprocessing { get; }

    /// <summary>Its rows as features.</summary>
    public FeatureRows Rows { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => Sample.Classes.Count;

    /// <summary>Fits the preprocessing; null if no column differs between rows.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="quantiles">Whether numbers are encoded by their ranks.</param>
    public static PreparedTable? Of(TableSample sample, bool quantiles)
    {
        var preprocessing = TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values, new()
        {
            Quantiles = quantiles,
            Dates = Of(ColumnKind.Date).ToDictionary(column => column.Name, column => column.DateStyle),
            Booleans = Of(ColumnKind.Boolean).Select(column => column.Name).ToHashSet(),
        });
        return preprocessing.Width == 0 ? null : new(sample, preprocessing, quantiles);

        IEnumerable<TableColumn> Of(ColumnKind kind) => sample.Sources.Where(column => column.Kind == kind);
    }

    /// <summary>Prepares the rows but some in the same way; null if no column differs between them.</summary>
    public PreparedTable? Without(int[] rows) =>
        Of(Sample.Subset([.. Enumerable.Range(0, Sample.Rows).Except(rows)]), _quantiles);

    /// <summary>Other rows of the same columns as features.</summary>
    public FeatureRows Encode(TableSample sample) => FeatureRows.Encode(Preprocessing, sample);

    /// <summary>All rows, or <paramref name="most"/> of them with the classes in their shares.</summary>
    public FeatureRows Some(int most, Rng rng)
    {
        if (Sample.Rows <= most) return Rows;
        double share = most / (double)Sample.Rows;
        return Rows.Subset(TableSplit.Stratified(Sample.Labels, [share, 1 - share], rng)[0]);
    }

    /// <summary>All rows as a generator takes them, or <see cref="RepresentativeRows"/>.</summary>
    public ContextTable Context(int most, Rng rng)
    {
        const int pool = 8;   // rows per chosen one among which to choose; more take time on large tables
        FeatureRows rows = Some((int)Math.Min(int.MaxValue, (long)most * pool), rng.Split("pool"));
        if (rows.Labels.Length > most) rows = rows.Subset(RepresentativeRows.Choose(rows, most, rng));
        return new(rows.Features, rows.Columns, rows.Labels, Classes);
    }
}
