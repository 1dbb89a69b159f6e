using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Draws synthetic classification tables from a mixture of random functions, to train in-context models on (the ideas
/// of TabPFN, arXiv 2207.01848, section 4, and MotherNet, arXiv 2312.08598). A component draws columns and scores or
/// labels; common parts shape the columns, make classes of scores, and add noise, useless columns and missing cells.
/// Safe for use by several threads, each with a generator of its own.
/// </summary>
public sealed class TablePrior
{
    /// <summary>Fewest rows of a table.</summary>
    public const int MinRows = 10;

    private const int RowsPerClass = 5;   // classes are as many as this leaves, on average over a table

    private static readonly (ITableComponent Component, double Share)[] s_mix =
    [
        (new NetworkComponent(), 0.35),
        (new GaussianProcessComponent(), 0.12),
        (new LinearComponent(), 0.15),
        (new GaussianClassesComponent(), 0.12),
        (new TreeComponent(), 0.12),
        (new StepComponent(), 0.06),
        (new RuleComponent(), 0.08),
    ];

    private readonly PriorOptions _options;
    private readonly ITableComponent[] _components;
    private readonly double[] _shares;

    /// <summary>A prior with these sizes, by default those of <see cref="PriorOptions"/>.</summary>
    /// <exception cref="ArgumentException">The options are out of range; the message names all faults.</exception>
    public TablePrior(PriorOptions? options = null)
        : this(options ?? new PriorOptions(), s_mix)
    {
    }

    internal TablePrior(PriorOptions options, IReadOnlyList<(ITableComponent Component, double Share)> mix)
    {
        string faults = string.Join(' ', options.Faults());
        if (faults.Length > 0) throw new ArgumentException(faults, nameof(options));
        _options = options;
        _components = [.. mix.Select(part => part.Component)];
        _shares = [.. mix.Select(part => part.Share)];
    }

    /// <summary>The components and their shares of all tables.</summary>
    internal static IReadOnlyList<(ITableComponent Component, double Share)> Mix => s_mix;

    /// <summary>
    /// One table. Takes one number from <paramref name="rng"/>; the same number and rows give the same table.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows than <see cref="MinRows"/>.</exception>
    public SyntheticTable Draw(Rng rng, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, MinRows);
        Rng own = new(rng.NextUInt64());
        for (ulong attempt = 0; ; attempt++)
        {
            if (Try(own.Split(attempt), rows) is { } table) return table;
        }
    }

    /// <summary>A table, or null where a column holds a single value or all rows are of one class.</summary>
    private SyntheticTable? Try(Rng rng, int rows)
    {
        ITableComponent component = _components[rng.Pick(_shares)];
        TableDraft draft = DrawSizes(rng, rows);
        component.Fill(rng, draft);
        ColumnShapes.Apply(rng, draft);
        if (draft.Labels.Length == 0) ClassesFromScores.Apply(rng, draft);
        UninformativeColumns.Apply(rng, draft.Columns);
        LabelNoise.Apply(rng, draft.Labels);
        draft.Classes = RareClasses.Merge(rng, draft.Labels, draft.Classes);
        if (draft.Classes < 2) return null;
        Discretisation.ShuffleCodes(rng, draft);
        MissingValues.Apply(rng, draft);
        if (draft.Columns.Any(IsConstant)) return null;
        return Finish(draft, rng.Permutation(draft.Columns.Length), component.Name);
    }

    private TableDraft DrawSizes(Rng rng, int rows)
    {
        int usual = Math.Clamp(_options.UsualFeatures, _options.MinFeatures, _options.MaxFeatures);
        bool few = usual == _options.MaxFeatures || rng.Chance(_options.UsualPercent / 100.0);
        int features = few
            ? rng.LogUniformInt(_options.MinFeatures, usual)
            : rng.LogUniformInt(usual + 1, _options.MaxFeatures);
        int most = Math.Clamp(rows / RowsPerClass, 2, _options.MaxClasses);
        int classes = rng.Chance(0.5) ? 2 : rng.NextInt(2, most + 1);
        int outputs = classes == 2 || rng.Chance(0.5) ? 1 : classes;
        return new TableDraft(rows, features, classes, outputs, _options);
    }

    private static bool IsConstant(float[] column)
    {
        float first = float.NaN;
        foreach (float value in column)
        {
            if (float.IsNaN(first)) first = value;
            else if (!float.IsNaN(value) && value != first) return false;
        }
        return true;
    }

    private static SyntheticTable Finish(TableDraft draft, int[] order, string component)
    {
        float[] values = new float[draft.Rows * order.Length];
        int[] categories = new int[order.Length];
        for (int j = 0; j < order.Length; j++)
        {
            categories[j] = draft.Categories[order[j]];
            float[] column = draft.Columns[order[j]];
            for (int i = 0; i < column.Length; i++) values[i * order.Length + j] = column[i];
        }
        return new SyntheticTable(draft.Rows, draft.Classes, values, categories, draft.Labels, component);
    }
}
