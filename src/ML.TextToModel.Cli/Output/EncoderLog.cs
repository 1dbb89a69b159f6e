using System.Globalization;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Output;

/// <summary>
/// Shows how far a training of the text encoder is and, every so often, writes its checkpoint and scores it.
/// </summary>
internal sealed class EncoderLog(
    EncoderTraining training, TextCorpus corpus, string checkpoint, string log, int every, Session session)
    : IProgress<TrainingProgress>
{
    private const string Header =
        "step,seconds,loss,found first,found among ten,wordnet spearman,stsb spearman,stsb pearson\n";

    private readonly EncoderValidation _validation = new(corpus);
    private double _loss = double.NaN;

    public void Report(TrainingProgress value)
    {
        _loss = double.IsNaN(_loss) ? value.Loss : 0.99 * _loss + 0.01 * value.Loss;
        if (value.Step % every == 0) Write(value.Elapsed);
        if (!session.Progress.IsDue) return;
        double speed = value.Examples / Math.Max(value.Elapsed.TotalSeconds, 1e-3);
        session.Progress.Show($"training  step {value.Step:N0} of {value.TotalSteps:N0}  loss {_loss:F3}  " +
            $"{speed:N0} pairs/s  {value.Left:h\\:mm\\:ss} left");
    }

    /// <summary>Writes the checkpoint and a line of the log.</summary>
    public EncoderScore Write(TimeSpan elapsed)
    {
        training.WriteCheckpoint(checkpoint);
        EncoderScore score = _validation.Score(training.Encoder, session.Cancel);
        if (!File.Exists(log)) File.AppendAllText(log, Header);
        double[] figures =
        [
            elapsed.TotalSeconds, _loss, score.FoundFirst, score.FoundAmongTen, score.WordNetSpearman,
            score.StsSpearman, score.StsPearson,
        ];
        File.AppendAllText(log, string.Join(
            ',',
            [
                training.Step.ToString(CultureInfo.InvariantCulture),
                .. figures.Select(figure => figure.ToString("F4", CultureInfo.InvariantCulture)),
            ]) + "\n");
        return score;
    }
}
