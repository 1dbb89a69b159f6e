using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Output;

/// <summary>
/// Shows how far a training of Tina is and, every so often, writes its checkpoint and scores it: the accuracy of
/// classifiers that it generates for tasks that are always the same, on test images of their classes.
/// </summary>
internal sealed class TinaLog : IProgress<TrainingProgress>
{
    private readonly TinaPretraining _training;
    private readonly string _checkpoint, _log;
    private readonly int _every;
    private readonly Session _session;
    private readonly IReadOnlyList<string> _classes;
    private readonly int[][] _known, _unseen;
    private readonly IExampleSource _knownImages;
    private readonly IExampleSource? _unseenImages;
    private double _loss = double.NaN;
    private (int Step, double Known, double? Unseen)? _last;

    /// <param name="training">The training.</param>
    /// <param name="test">Images that it does not learn from.</param>
    /// <param name="known">Tasks of classes that it learns.</param>
    /// <param name="unseen">Tasks of classes that it never sees; may be none.</param>
    /// <param name="checkpoint">The checkpoint to write.</param>
    /// <param name="log">The file that gets a line each time.</param>
    /// <param name="every">Steps between two lines.</param>
    /// <param name="session">Has the terminal.</param>
    public TinaLog(
        TinaPretraining training, ImageSet test, int[][] known, int[][] unseen, string checkpoint, string log,
        int every, Session session)
    {
        (_training, _checkpoint, _log, _every, _session) = (training, checkpoint, log, every, session);
        (_classes, _known, _unseen) = (test.ClassNames, known, unseen);
        ITaskExamples images = PreparedImages.Of(test, training.Preprocessing, options: null, session.Cancel);
        _knownImages = images.With(known);
        if (unseen.Length > 0) _unseenImages = images.With(unseen);
    }

    /// <summary>How many tasks of known classes are scored.</summary>
    public int Tasks => _known.Length;

    /// <summary>How many classes each of them has.</summary>
    public int ClassesOfTask => _known[0].Length;

    public void Report(TrainingProgress value)
    {
        _loss = double.IsNaN(_loss) ? value.Loss : 0.99 * _loss + 0.01 * value.Loss;
        if (value.Step % _every == 0) Write(value.Elapsed);
        if (!_session.Progress.IsDue) return;
        _session.Progress.Show($"training  step {value.Step:N0} of {value.TotalSteps:N0}  loss {_loss:F3}  " +
            $"{value.Examples / Math.Max(value.Elapsed.TotalSeconds, 1e-3):N0} images/s  " +
            $"{value.Left:h\\:mm\\:ss} left");
    }

    /// <summary>Writes the checkpoint and a line of the log, unless the last one is of this step.</summary>
    /// <returns>The mean accuracy on tasks of known and of unseen classes.</returns>
    public (double Known, double? Unseen) Write(TimeSpan elapsed = default)
    {
        if (_last is { } last && last.Step == _training.Step) return (last.Known, last.Unseen);
        _training.WriteCheckpoint(_checkpoint);
        TinaGenerator generator = _training.Generator();
        double known = Mean(generator, _known, _knownImages);
        double? unseen = _unseenImages is null ? null : Mean(generator, _unseen, _unseenImages);
        if (!File.Exists(_log)) File.AppendAllText(_log, "step,seconds,loss,accuracy,accuracy of unseen classes\n");
        File.AppendAllText(_log, string.Create(
            CultureInfo.InvariantCulture,
            $"{_training.Step},{elapsed.TotalSeconds:F1},{_loss:F4},{known:F4},{unseen:F4}\n"));
        _last = (_training.Step, known, unseen);
        return (known, unseen);
    }

    private double Mean(TinaGenerator generator, int[][] tasks, IExampleSource images) => tasks.Index().Average(task =>
    {
        FittedClassifier classifier =
            generator.Generate([.. task.Item.Select(c => new ClassText(_classes[c]))], null, _session.Cancel);
        return Accuracy.Of(classifier.Spec, classifier.Parameters, images, task.Index, _session.Cancel);
    });
}
