using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Generators;

/// <summary>
/// Makes a classifier of labelled rows: networks emitted by the in-context generator, merged, briefly trained where
/// that helps, compared with a linear one on held-out rows, made again from all rows, and calibrated.
/// </summary>
public sealed class TableGenerator
{
    private const int MinValidationRows = 10;

    private static readonly double[] s_penalties = [1e-1, 1e-2, 1e-3, 1e-4];
    private static readonly float[] s_rates = [1e-3f, 5e-3f];

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
    /// <param name="options">What to try. Default: everything, for half a second.</param>
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
        Deadline deadline = new(_time, options.Budget);
        int[][] parts = TableSplit.Stratified(
            sample.Labels, [1 - options.ValidationShare, options.ValidationShare], rng.Split("validation"));
        bool choose = parts[1].Length >= MinValidationRows && (options.FineTune || options.Linear || options.Calibrate)
            && sample.Subset(parts[0]).Labels.Distinct().Count() == sample.Labels.Distinct().Count();
        if (!choose) return Classifier(sample, Emit(new Rows(sample), options, rng, cancel), 1, [], options);

        Rows fit = new(sample.Subset(parts[0]));
        FeatureRows validation = fit.Encode(sample.Subset(parts[1]));
        List<Candidate> candidates = [.. Candidates(fit, validation, options, rng, deadline, cancel)];
        Candidate best = candidates.MinBy(candidate => candidate.Loss)!;
        Rows all = new(sample);
        Candidate final = best.Again(all);
        return Classifier(
            sample, final, options.Calibrate ? best.Temperature : 1,
            [.. candidates.Select(c => new CardCandidate(c.Name, c.Loss, c == best))], options);
    }

    private IEnumerable<Candidate> Candidates(
        Rows fit, FeatureRows validation, TableGeneratorOptions options, Rng rng, Deadline deadline,
        CancellationToken cancel)
    {
        Candidate emitted = Emit(fit, options, rng, cancel).Validate(validation);
        yield return emitted;
        if (options.Linear && !deadline.IsPassed)
        {
            float[]? before = null;
            foreach (double penalty in s_penalties)
            {
                if (deadline.IsPassed) break;
                before = Linear(fit, penalty, before, cancel);
                yield return new Candidate($"logistic regression, penalty {penalty:G1}", fit.LinearSpec, before)
                {
                    Again = all => new("", all.LinearSpec, Linear(all, penalty, null, cancel)),
                }.Validate(validation);
            }
        }
        if (!options.FineTune) yield break;
        foreach (float rate in s_rates)
        {
            if (deadline.IsPassed) break;
            TrainingOptions training = new() { Rate = rate, Epochs = 30, BatchSize = 64, WarmUp = 0.1 };
            (float[] tuned, int epochs) = FineTuning.Run(
                emitted.Spec, emitted.Parameters, fit.Features, validation, training, options.Seed, deadline, cancel);
            if (epochs == 0) continue;
            yield return new Candidate($"in-context, {epochs} epochs at {rate:G1}", emitted.Spec, tuned)
            {
                Again = all =>
                {
                    Candidate again = Emit(all, options, rng, cancel);
                    (float[] parameters, _) = FineTuning.Run(
                        again.Spec, again.Parameters, all.Features, null, training with { Epochs = epochs },
                        options.Seed, new Deadline(TimeProvider.System, null), cancel);
                    return again with { Parameters = parameters };
                },
            }.Validate(validation);
        }
    }

    private static float[] Linear(Rows rows, double penalty, float[]? initial, CancellationToken cancel)
    {
        // Layouts of LinearSpec and of the regression are the same: weights, then biases.
        return LogisticRegression.Fit(
            rows.Features.Features, rows.Features.Labels, rows.Sample.Classes.Count, penalty, initial, cancel: cancel);
    }

    private Candidate Emit(Rows rows, TableGeneratorOptions options, Rng rng, CancellationToken cancel)
    {
        List<float[]> members = [];
        MlpSpec spec = null!;
        for (int member = 0; member < options.Members; member++)
        {
            cancel.ThrowIfCancellationRequested();
            Rng own = rng.Split((ulong)member);
            ContextTable table = rows.Context(options.ContextRows, own.Split("rows"));
            (spec, float[] parameters) = _emit(table, own);
            members.Add(parameters);
        }
        (MlpSpec merged, float[] mean) = MlpEnsemble.Merge(spec, members);
        return new Candidate("in-context", merged, mean) { Again = all => Emit(all, options, rng, cancel) };
    }

    private static FittedClassifier Classifier(
        TableSample sample, Candidate final, double temperature, CardCandidate[] candidates,
        TableGeneratorOptions options) => new(
        final.Spec, Temperature.Apply(final.Spec, final.Parameters, temperature), sample.Classes,
        new Rows(sample).Preprocessing,
        new ClassifierCard { Generator = "in-context", Seed = options.Seed, Candidates = candidates });

    /// <summary>A sample with the preprocessing that was fitted to it.</summary>
    private sealed class Rows
    {
        public Rows(TableSample sample)
        {
            Sample = sample;
            Preprocessing = TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values);
            if (Preprocessing.Width == 0)
                throw new ModelInputException("No column differs between rows; there is nothing to learn from.");
            Features = Encode(sample);
        }

        public TableSample Sample { get; }

        public TablePreprocessing Preprocessing { get; }

        public FeatureRows Features { get; }

        public LinearSpec LinearSpec => new() { Inputs = Preprocessing.Width, Classes = Sample.Classes.Count };

        public FeatureRows Encode(TableSample sample) => FeatureRows.Encode(Preprocessing, sample);

        /// <summary>At most so many of the rows, with the classes in their shares.</summary>
        public ContextTable Context(int most, Rng rng)
        {
            int width = Features.Columns;
            if (Sample.Rows <= most) return new(Features.Features, width, Sample.Labels, Sample.Classes.Count);
            double share = most / (double)Sample.Rows;
            int[] chosen = TableSplit.Stratified(Sample.Labels, [share, 1 - share], rng)[0];
            float[] features = new float[chosen.Length * width];
            for (int i = 0; i < chosen.Length; i++)
                Features.Features.AsSpan(chosen[i] * width, width).CopyTo(features.AsSpan(i * width));
            return new(features, width, [.. chosen.Select(row => Sample.Labels[row])], Sample.Classes.Count);
        }
    }

    /// <summary>A network, how it did on held-out rows, and how to make it again from others.</summary>
    private sealed record Candidate(string Name, PModelSpec Spec, float[] Parameters)
    {
        public Func<Rows, Candidate> Again { get; init; } = null!;

        public double Loss { get; private init; }

        public double Temperature { get; private init; }

        public Candidate Validate(FeatureRows validation)
        {
            float[] logits = FineTuning.Logits(Spec, Parameters, validation);
            double temperature = Training.Temperature.Fit(logits, validation.Labels);
            return this with
            {
                Temperature = temperature,
                Loss = Training.Temperature.CrossEntropy(logits, validation.Labels, 1 / temperature),
            };
        }
    }
}
