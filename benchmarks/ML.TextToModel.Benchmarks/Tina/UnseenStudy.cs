using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// A generic model and generators of some classes of CIFAR-100, none of which has seen an image or a name of the
/// others; kept among the artifacts, and resumed from there.
/// </summary>
internal sealed class UnseenStudy
{
    private readonly BenchmarkContext _context;
    private readonly ImageData _all, _known;
    private readonly string _name;
    private readonly int[] _knownClasses;

    /// <summary>Trains the generic model, or reads it.</summary>
    /// <param name="context">Where artifacts are.</param>
    /// <param name="all">All classes.</param>
    /// <param name="known">Those to learn.</param>
    /// <param name="name">Names the artifacts.</param>
    public UnseenStudy(BenchmarkContext context, ImageData all, int[] known, string name)
    {
        (_context, _all, _name, _knownClasses) = (context, all, name, known);
        _known = UnseenSplit.Only(all, known);
        float[] parameters = GenericCnn.LoadOrTrain(context, _known, $"generic-{name}.t2m");
        Generic = new FittedClassifier(
            new CnnSpec { Classes = known.Length }, parameters, _known.Train.ClassNames, _known.Preprocessing);
    }

    /// <summary>The generic model of the known classes.</summary>
    public FittedClassifier Generic { get; }

    /// <summary>The generator that a recipe trains, or an earlier run has trained.</summary>
    public TinaGenerator Train(ITextEncoder encoder, string name, UnseenRecipe recipe)
    {
        TinaPretraining training = new(Generic, _known.Train, encoder, recipe.Sizes, recipe.Training, seed: 1);
        string path = Artifacts.Path(_context, $"{_name}-{name}-{training.Fingerprint[..8]}.safetensors");
        string state = path + ".state";
        if (!File.Exists(path))
        {
            _context.Log($"{_name}, {name}: {recipe}");
            training.Run(
                new TrainingRun { StatePath = state, SaveEvery = TimeSpan.FromMinutes(1) }, new Lines(_context),
                _context.Cancel);
            training.WriteCheckpoint(path);
            File.Delete(state);
        }
        return TinaGenerator.Load(path, encoder);
    }

    /// <summary>
    /// The accuracies of TAPER-Mixer, which has rows of known classes alone: images of the others count as wrong.
    /// </summary>
    public double[] Mixed(int[][] tasks, ITextEncoder encoder, string name)
    {
        TaperMixer mixer = MixedModels.LoadOrTrain(
            _context, $"taper-{_name}-{name}", _known, (CnnSpec)Generic.Spec, Generic.Parameters.ToArray(), encoder,
            Enumerable.Range(0, _knownClasses.Length));
        int[][] known = [.. tasks.Select(task => task.Intersect(_knownClasses).ToArray())];
        return known[0].Length == 0
            ? [.. known.Select(_ => 0.0)]
            : [.. Accuracies(known, part => mixer.Mix([.. part.Select(c => Array.IndexOf(_knownClasses, c))]))
                .Zip(tasks, (accuracy, task) => accuracy * known[0].Length / task.Length)];
    }

    /// <summary>The classes' names.</summary>
    public string[] Names(int[] task) => [.. task.Select(c => _all.Train.ClassNames[c])];

    /// <summary>The accuracies of classifiers on all test images of their classes, or on training images.</summary>
    public double[] Accuracies(int[][] tasks, Func<int[], float[]> parameters, bool onTraining = false)
    {
        ImageExamples images = new(onTraining ? _all.Train : _all.Test, tasks, _known.Preprocessing);
        return
        [
            .. tasks.Select((task, t) => Accuracy.Of(
                new CnnSpec { Classes = task.Length }, parameters(task), images, t, _context.Cancel)),
        ];
    }

    /// <summary>The same of a generator's classifiers.</summary>
    public double[] Accuracies(int[][] tasks, TinaGenerator generator, bool onTraining = false) => Accuracies(
        tasks,
        task => generator.Generate([.. Names(task).Select(name => new ClassText(name))], null, _context.Cancel)
            .Parameters.ToArray(),
        onTraining);

    private sealed class Lines(BenchmarkContext context) : IProgress<TrainingProgress>
    {
        private const int Every = 250;

        private double _loss = double.NaN;

        public void Report(TrainingProgress value)
        {
            _loss = double.IsNaN(_loss) ? value.Loss : 0.99 * _loss + 0.01 * value.Loss;
            if (value.Step % Every == 0)
                context.Log(
                    $"step {value.Step:N0} of {value.TotalSteps:N0}, loss {_loss:F3}, {value.Left:mm\\:ss} left");
        }
    }
}
