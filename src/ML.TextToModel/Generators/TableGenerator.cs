using System.Text.Json;
using System.Text.Json.Nodes;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Generators;

/// <summary>
/// Makes a classifier of labelled rows: networks emitted by the in-context generator, merged, their last layer refitted
/// or all of them briefly trained where that helps, compared and mixed with a linear one on held-out rows, made again
/// from all rows, and calibrated.
/// </summary>
public sealed class TableGenerator
{
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
        if (sample.Labels.Distinct().Count() < 2)
            throw new ModelInputException("All labelled rows are of one class; a classifier needs at least two.");
        Rng rng = new(options.Seed);
        PreparedTable table = PreparedTable.Of(sample, options.Quantiles)
            ?? throw new ModelInputException("No column differs between rows; there is nothing to learn from.");
        CandidateFits all = new(table, rng);
        int parts = Math.Max(1, options.CrossValidationRows / sample.Rows);
        HeldOutRows? heldOut = HeldOutRows.Of(table, options.ValidationShare, parts, rng);
        ScoredCandidate[] candidates = heldOut is null ? [] : [.. Candidates(heldOut, options, cancel)];
        ScoredCandidate? best = candidates.MinBy(candidate => candidate.Loss);
        FittedNetwork final = all.Of(best?.Candidate ?? Emitted(options), cancel);
        if (options.Calibrate && best is not null) final = final.At(best.Temperature);
        return new FittedClassifier(
            final.Spec, final.Parameters, sample.Classes, table.Preprocessing,
            new ClassifierCard
            {
                Generator = "in-context", Seed = options.Seed, Requirement = Requirement(options.Task),
                Candidates = [.. candidates.Select(c => new CardCandidate(c.Candidate.Name, c.Loss, c == best))],
                Notes = [.. Notes(table)],
            });
    }

    private static JsonElement? Requirement(string? sentence) => sentence is null
        ? null
        : JsonElement.Parse(new JsonObject { ["sentence"] = sentence }.ToJsonString());

    private EmittedCandidate Emitted(TableGeneratorOptions options) =>
        new(_emit, options.Members, options.ContextRows);

    private IEnumerable<ScoredCandidate> Candidates(
        HeldOutRows heldOut, TableGeneratorOptions options, CancellationToken cancel)
    {
        Deadline deadline = new(_time, options.Budget);
        ScoredCandidate? network = null, linear = null;
        if (options.InContext || !options.Linear)
        {
            network = heldOut.Score(Emitted(options), cancel);
            yield return network;
        }
        if (options.Linear && !deadline.IsPassed)
        {
            linear = LinearCandidate.All().Select(one => heldOut.Score(one, cancel)).MinBy(one => one.Loss)!;
            yield return linear;
        }
        if (network is null) yield break;
        foreach (Candidate candidate in Further(network.Candidate, heldOut, options))
        {
            if (deadline.IsPassed) break;
            ScoredCandidate scored = heldOut.Score(candidate, cancel);
            yield return scored;
            if (scored.Loss < network.Loss) network = scored;
        }
        if (linear is not null) yield return heldOut.Score(new MeanCandidate(network, linear), cancel);
    }

    /// <summary>What is made in other ways, or of the emitted network.</summary>
    private IEnumerable<Candidate> Further(Candidate emitted, HeldOutRows heldOut, TableGeneratorOptions options)
    {
        if (options.PerClass) yield return new PerClassCandidate(_emit, options.ContextRows);
        foreach (Candidate refitted in options.Refit ? RefittedCandidate.All(emitted) : []) yield return refitted;
        foreach (int epochs in options.FineTune ? TunedCandidate.Lengths(heldOut.KnownRows) : [])
            yield return new TunedCandidate(emitted, epochs);
    }

    /// <summary>The columns that the classifier does not look at, and why.</summary>
    private static IEnumerable<string> Notes(PreparedTable table)
    {
        IReadOnlyList<TableColumn> leftOut = table.Sample.LeftOut;
        if (Names(leftOut.Where(column => column.Kind == ColumnKind.Text)) is { } texts)
            yield return $"Left out, as texts count only where nothing stands beside them: {texts}.";
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
