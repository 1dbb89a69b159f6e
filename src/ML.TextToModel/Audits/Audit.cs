using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>Makes a classifier of class texts; another seed gives other noise.</summary>
public delegate FittedClassifier ClassifierGenerator(
    IReadOnlyList<ClassText> classes, ulong seed, CancellationToken cancel);

/// <summary>How far an audit is.</summary>
/// <param name="Part">What is being done.</param>
/// <param name="Done">Parts of it that are done.</param>
/// <param name="All">All of them.</param>
public readonly record struct AuditProgress(string Part, int Done, int All);

/// <summary>
/// Examines a generator of image classifiers on combinations of known classes that a zoo does not hold: whether it
/// follows its prompt, what the noise does, and whether it copies from the zoo (after Zeng et al. 2025,
/// arXiv 2506.07998).
/// </summary>
public sealed class Audit
{
    private readonly ClassifierGenerator _generator;
    private readonly FittedClassifier _generic;
    private readonly PModelSpec _spec;
    private readonly ImageExamples _images;
    private readonly int[] _known;
    private readonly int[][] _tasks;
    private readonly ZooSample? _zoo;
    private readonly AuditOptions _options;

    /// <summary>Draws the tasks.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="known">The classes that it learned.</param>
    /// <param name="generic">The classifier of all classes of the images that it, and the zoo, started from.</param>
    /// <param name="test">Images that nobody learned from.</param>
    /// <param name="options">How many tasks.</param>
    /// <param name="zoo">P-models to compare with; null to leave these figures out.</param>
    /// <exception cref="ModelInputException">
    /// An option is out of range, the parts do not fit each other, or there are not that many tasks.
    /// </exception>
    public Audit(
        ClassifierGenerator generator, IReadOnlyCollection<string> known, FittedClassifier generic, ImageSet test,
        AuditOptions options, ZooSample? zoo = null)
    {
        (_generator, _generic, _options, _zoo) = (generator, generic, options, zoo);
        if (generic.Spec is not CnnSpec || generic.Preprocessing is not ImagePreprocessing preprocessing)
            throw new ModelInputException("The generic model is no CNN.");
        if (!generic.Classes.SequenceEqual(test.ClassNames, StringComparer.Ordinal))
            throw new ModelInputException("The generic model does not have the classes of these images in order.");
        if (zoo is { Entries.Count: < 2 }) throw new ModelInputException("The zoo has fewer than two p-models.");
        _known = [.. Enumerable.Range(0, test.ClassNames.Count).Where(c => known.Contains(test.ClassNames[c]))];
        int size = zoo?.Spec.Classes ?? options.TaskSize;
        if (options.Tasks < 1 || size < 2 || size > _known.Length)
            throw new ModelInputException(
                $"{options.Tasks} tasks of {size} classes cannot be drawn: the generator learned {_known.Length} of "
                + "these images' classes.");
        _spec = generic.Spec with { Classes = size };
        _tasks = Draw(size);
        _images = new ImageExamples(test, _tasks, preprocessing);
    }

    /// <summary>Examines all tasks.</summary>
    /// <param name="progress">Is told of each task and each p-model.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">
    /// The generator cannot serve the classes, or makes classifiers of another kind than the generic model.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public AuditReport Run(IProgress<AuditProgress>? progress = null, CancellationToken cancel = default)
    {
        Rng rng = new Rng(_options.Seed).Split("controls");
        TaskScores scores = new(_spec, _images, cancel);
        ZooAudit? zoo = _zoo is null ? null : new(_zoo, _generic, _images, rng.Split("zoo"));
        List<double> distances = [], changes = [];
        (float[]? empty, List<string> remarks) = Empty(cancel);
        if (_known.Length < 2 * _spec.Classes)
            remarks.Add("There are too few classes for prompts of others.");
        for (int t = 0; t < _tasks.Length; t++)
        {
            cancel.ThrowIfCancellationRequested();
            int[] task = _tasks[t];
            float[] one = Generate(task, 0, cancel), two = Generate(task, 1, cancel);
            int[] labels = Samples(scores, t, one, two, changes);
            distances.Add(ParameterDistance.Relative(one, two));
            int[] selected = scores.Add(
                AuditMethod.Selection, t,
                ClassifierSelection.Select(_generic.Spec, _generic.Parameters, _spec, task));
            Rng own = rng.Split((ulong)t);
            int[] shuffled = ControlPrompts.Shuffled(task, own.Split("shuffled"));
            scores.Add(AuditMethod.ShuffledPrompt, t, Generate(shuffled, 0, cancel));
            if (ControlPrompts.Others(task, _known, own.Split("others")) is { } others)
                scores.Add(AuditMethod.OtherClasses, t, Generate(others, 0, cancel));
            if (empty is not null) scores.Add(AuditMethod.EmptyPrompt, t, empty);
            zoo?.Add(scores, t, task, one, labels, selected);
            progress?.Report(new("tasks", t + 1, _tasks.Length));
        }
        return new AuditReport(
            _tasks.Length, _spec.Classes, scores.Report(),
            new NoiseDependence(SampleMean.Of(distances), SampleMean.Of(changes)),
            zoo?.Report(progress, cancel), remarks);
    }

    /// <summary>Scores two samples and both together; the labels of the first.</summary>
    private static int[] Samples(TaskScores scores, int task, float[] one, float[] two, List<double> changes)
    {
        float[] first = scores.Probabilities(task, one), second = scores.Probabilities(task, two);
        int[] labels = scores.Add(AuditMethod.Generated, task, scores.Labels(first));
        int[] others = scores.Add(AuditMethod.OtherNoise, task, scores.Labels(second));
        scores.Add(AuditMethod.Ensemble, task, scores.Labels([.. first.Zip(second, (a, b) => a + b)]));
        changes.Add((double)labels.Zip(others).Count(pair => pair.First != pair.Second) / labels.Length);
        return labels;
    }

    private int[][] Draw(int size)
    {
        IEnumerable<IEnumerable<int>> held =
            from entry in _zoo?.Entries ?? []
            select entry.Classes.Select(c => Array.IndexOf(_known, c));
        try
        {
            int[][] places =
                TaskSampler.Draw(_known.Length, size, _options.Tasks, new Rng(_options.Seed).Split("tasks"), held);
            return [.. places.Select(task => task.Select(place => _known[place]).ToArray())];
        }
        catch (ArgumentException e)
        {
            throw new ModelInputException(
                $"There are no {_options.Tasks} combinations of {size} of the {_known.Length} known classes "
                + (_zoo is null ? "" : "that the zoo does not hold") + "; ask for fewer tasks.", e);
        }
    }

    private float[] Generate(int[] classes, ulong seed, CancellationToken cancel) =>
        Generate([.. classes.Select(c => new ClassText(_generic.Classes[c]))], seed, cancel);

    private float[] Generate(IReadOnlyList<ClassText> classes, ulong seed, CancellationToken cancel)
    {
        FittedClassifier made = _generator(classes, seed, cancel);
        if (made.Spec != _spec || !SamePixels((ImagePreprocessing)_generic.Preprocessing, made.Preprocessing))
            throw new ModelInputException("The generator was not trained from this generic model.");
        return made.Parameters.ToArray();
    }

    private (float[]? Parameters, List<string> Remarks) Empty(CancellationToken cancel)
    {
        try
        {
            return (Generate(ControlPrompts.Empty(_spec.Classes), 0, cancel), []);
        }
        catch (ModelInputException e)
        {
            return (null, [$"The prompt that says nothing was left out. {e.Message}"]);
        }
    }

    private static bool SamePixels(ImagePreprocessing one, Preprocessing other) => other is ImagePreprocessing image
        && one.Mean.SequenceEqual(image.Mean) && one.Deviation.SequenceEqual(image.Deviation);
}
