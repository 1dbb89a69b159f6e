using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Generators;

/// <summary>
/// Makes a classifier of labelled rows: networks emitted by the in-context generator, merged, briefly trained where
/// that helps, compared and mixed with a linear one on held-out rows, made again from all rows, and calibrated.
/// </summary>
public sealed class TableGenerator
{
    private const int MinValidationRows = 10;

    private readonly Func<ContextTable, Rng, (MlpSpec Spec, float[] Parameters)> _emit;
    private readonly TimeProvider _time;

    /// <summary>Takes the trained generator.</summary>
    /// <param name="generator">The trained generator.</param>
    /// <param name="time">The clock of the budget. Default: the system's.</param>
    public TableGenerator(InContextGenerator generator, TimeProvider? time = null)
        : this((table, rng) => (generator.Spec(table), generator.Emit(table, rng)), time) { }

    /// <summary>Takes networks of one hidden layer from another source, for comparison.</summary>
    internal TableGenerator(
        Func<ContextTable, Rng, (MlpSpec Spec, float[] Parameters)> emit, TimeProvider? time = null) =>
        (_emit, _time) = (emit, time ?? TimeProvider.System);

    /// <summary>Makes the classifier; its card says what was tried.</summary>
    /// <param name="sample">Labelled rows of at least two classes.</param>
    /// <param name="options">What to try. Default: everything.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">
    /// An option is out of range, or the rows cannot be learned from; the message says why.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public FittedClassifier Generate(
        TableSample sample, TableGeneratorOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new TableGeneratorOptions();
        if (options.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("There is nothing to generate. " + string.Join(' ', faults));
        int classes = sample.Labels.Distinct().Count();
        if (classes < 2)
            throw new ModelInputException("All labelled rows are of one class; a classifier needs at least two.");
        Rng rng = new(options.Seed);
        int[][] parts = TableSplit.Stratified(
            sample.Labels, [1 - options.ValidationShare, options.ValidationShare], rng.Split("validation"));
        PreparedTable all = new(sample, options.Quantiles);
        TableSample known = sample.Subset(parts[0]);
        if (parts[1].Length < MinValidationRows || known.Labels.Distinct().Count() < classes)
            return Classifier(all, Emit(all, options, rng, cancel), [], options);

        PreparedTable fit = new(known, options.Quantiles);
        List<Candidate> candidates =
            [.. Candidates(fit, fit.Encode(sample.Subset(parts[1])), options, rng, cancel)];
        Candidate best = candidates.MinBy(candidate => candidate.Loss)!;
        Candidate final = best.Again(all);
        if (options.Calibrate)
            final = final with { Parameters = Temperature.Apply(final.Spec, final.Parameters, best.Temperature) };
        return Classifier(
            all, final, [.. candidates.Select(c => new CardCandidate(c.Name, c.Loss, c == best))], options);
    }

    private IEnumerable<Candidate> Candidates(
        PreparedTable fit, FeatureRows validation, TableGeneratorOptions options, Rng rng, CancellationToken cancel)
    {
        Deadline deadline = new(_time, options.Budget);
        Candidate? network = null, linear = null;
        if (options.InContext || !options.Linear)
        {
            network = Emit(fit, options, rng, cancel).Validate(validation);
            yield return network;
        }
        if (options.Linear && !deadline.IsPassed)
        {
            linear = LinearCandidate.Fit(fit, validation, rng.Split("linear"), cancel);
            yield return linear;
        }
        if (network is null) yield break;
        Candidate emitted = network;
        foreach (int epochs in options.FineTune ? TunedCandidate.Lengths(fit.Sample.Rows) : [])
        {
            if (deadline.IsPassed) break;
            Candidate tuned = TunedCandidate.Fit(emitted, fit, epochs, options.Seed, cancel).Validate(validation);
            yield return tuned;
            if (tuned.Loss < network.Loss) network = tuned;
        }
        if (linear is not null) yield return MeanCandidate.Of(network, linear, validation);
    }

    private Candidate Emit(PreparedTable table, TableGeneratorOptions options, Rng rng, CancellationToken cancel)
    {
        List<float[]> members = [];
        MlpSpec spec = null!;
        for (int member = 0; member < options.Members; member++)
        {
            cancel.ThrowIfCancellationRequested();
            Rng own = rng.Split((ulong)member);
            (spec, float[] parameters) = _emit(table.Context(options.ContextRows, own.Split("rows")), own);
            members.Add(parameters);
        }
        (MlpSpec merged, float[] mean) = MlpEnsemble.Merge(spec, members);
        return new Candidate("in-context", merged, mean, all => Emit(all, options, rng, cancel));
    }

    private static FittedClassifier Classifier(
        PreparedTable table, Candidate final, CardCandidate[] candidates, TableGeneratorOptions options) => new(
        final.Spec, final.Parameters, table.Sample.Classes, table.Preprocessing,
        new ClassifierCard
        {
            Generator = "in-context", Seed = options.Seed, Candidates = candidates, Notes = [.. Notes(table)],
        });

    /// <summary>The columns that the classifier does not look at, and why.</summary>
    private static IEnumerable<string> Notes(PreparedTable table)
    {
        IReadOnlyList<TableColumn> leftOut = table.Sample.LeftOut;
        if (Names(leftOut.Where(column => column.Kind == ColumnKind.Text)) is { } texts)
            yield return $"Left out, as there is no encoder for text yet: {texts}.";
        if (Names(leftOut.Where(column => column.Kind == ColumnKind.IdLike)) is { } ids)
            yield return $"Left out, as every row has another value, such as a number of the row: {ids}.";
        HashSet<string> constant =
            [.. table.Preprocessing.Columns.Where(column => column.Width == 0).Select(column => column.Name)];
        if (Names(table.Sample.Sources.Where(column => constant.Contains(column.Name))) is { } same)
            yield return $"Without influence, as all rows have the same value: {same}.";

        static string? Names(IEnumerable<TableColumn> columns)
        {
            const int shown = 20;
            string[] names = [.. columns.Select(column => column.Name)];
            if (names.Length == 0) return null;
            return string.Join(", ", names.Take(shown)) + (names.Length > shown ? $", … ({names.Length})" : "");
        }
    }
}
