using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Training;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m train encoder</c>: trains the text encoder.</summary>
internal sealed class TrainEncoderCommand : Verb<TrainEncoderDocument>
{
    private const string About = "Trains the encoder of class names and descriptions, on WordNet and sentence pairs.";

    private const string Details =
        """
        Reads text/wordnet and, of text/glue, MNLI, QNLI, WNLI and the training part of STS-B
        from the folder T2M_DATA. Every so often the checkpoint is written and a line is added
        to OUT.log.csv: how it does on definitions of WordNet that are held out, and on the
        development part of STS-B.

        Ctrl-C keeps what is done, in OUT.state; the same command goes on from there.

        Example:
          t2m train encoder --steps 5000 -o my-encoder.safetensors
        """;

    private static readonly EncoderTrainingOptions s_defaults = new();

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The checkpoint to write.", HelpName = "OUT",
        DefaultValueFactory = _ => "text-encoder.safetensors",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder that holds text/wordnet and text/glue [default: T2M_DATA].", HelpName = "DIR",
    };

    private readonly Option<int?> _steps =
        Numbers.Option("--steps", "N", $"Steps of this training [default: {s_defaults.Steps:N0}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {s_defaults.Rate}].", least: 0f, above: true);

    private readonly Option<int?> _length =
        Numbers.Option("--length", "N", $"The length of a vector [default: {s_defaults.Length}].", least: 1);

    private readonly Option<int?> _words = Numbers.Option(
        "--words", "N", $"The most words with a vector of their own [default: {s_defaults.Words:N0}].", least: 1);

    private readonly Option<int?> _pairs =
        Numbers.Option("--pairs", "N", $"Pairs of texts in a step [default: {s_defaults.Pairs:N0}].", least: 2);

    private readonly Option<int?> _logEvery =
        Numbers.Option("--log-every", "N", "Steps between two lines of the log [default: 1000].", least: 1);

    private readonly RunOptions _run;

    public TrainEncoderCommand(Session session)
        : base("encoder", About, Details, session, ToolJson.Relaxed.TrainEncoderDocument)
    {
        foreach (Option option in new Option[] { _out, _data, _steps, _rate, _length, _words, _pairs, _logEvery })
            Add(option);
        _run = new RunOptions(this, saveEvery: 120);
    }

    protected override TrainEncoderDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_out)!, state = $"{path}.state", log = $"{path}.log.csv";
        OutputFile.Check(path, []);
        _run.Apply(arguments, state, log);

        EncoderTrainingOptions options = s_defaults with
        {
            Steps = arguments.GetValue(_steps) ?? s_defaults.Steps,
            Rate = arguments.GetValue(_rate) ?? s_defaults.Rate,
            Length = arguments.GetValue(_length) ?? s_defaults.Length,
            Words = arguments.GetValue(_words) ?? s_defaults.Words,
            Pairs = arguments.GetValue(_pairs) ?? s_defaults.Pairs,
        };
        ulong seed = Session.Seed ?? 0;
        TextCorpus corpus = TextCorpus.Load(arguments.GetValue(_data));
        EncoderTraining training = new(corpus, options, seed);
        Session.WhenStopped = $"What is done is kept in {state}; run the same command again to go on.";
        TrainingRun run = _run.Run(arguments, state, Session) with
        {
            Fingerprint = $"encoder {options} seed {seed} {corpus.Describe()}",
        };
        EncoderLog lines = new(training, corpus, path, log, arguments.GetValue(_logEvery) ?? 1000, Session);
        TrainingOutcome outcome = run.Run(training, lines, Session.Cancel);
        EncoderScore last = lines.Write(outcome.Elapsed);
        RunOptions.Finish(outcome, training.TotalSteps, state, Session);
        return new(
            path, OutputFile.Sha256(path), training.Parameters, training.Words, outcome.Step, training.TotalSteps,
            outcome.IsComplete, Defined(last.FoundFirst), Defined(last.FoundAmongTen), Defined(last.WordNetSpearman),
            Defined(last.StsSpearman), Defined(last.StsPearson), outcome.Elapsed.TotalSeconds, outcome.ResumedAt,
            Session.Warnings);
    }

    private static double? Defined(double figure) => double.IsNaN(figure) ? null : figure;

    protected override void Print(TrainEncoderDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(
            ("written", $"{document.Out}: {document.Parameters:N0} weights, {document.Words:N0} words"),
            ("trained", $"{document.Steps:N0} steps"),
            ("held-out definitions",
                $"{Tables.Percent(document.FoundFirst)} find their name, {Tables.Percent(document.FoundAmongTen)} " +
                $"have it among ten; Spearman {document.WordnetSpearman:F3} with their paths"),
            ("STS-B, development", $"Spearman {document.StsbSpearman:F3}, Pearson {document.StsbPearson:F3}"),
            ("time", $"{document.Seconds:F0} s"));
    }
}
