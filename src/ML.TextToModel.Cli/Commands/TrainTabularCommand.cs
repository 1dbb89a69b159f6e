using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Training;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m train tabular</c>: trains the in-context generator of table classifiers.</summary>
internal sealed class TrainTabularCommand : Verb<TrainTabularDocument>
{
    private const string About = "Trains the generator of table classifiers, on synthetic tables alone.";

    private const string Details =
        """
        Every so often the checkpoint is written and a line is added to OUT.log.csv: the loss
        and accuracy on synthetic tables that are always the same, and accuracy and AUC on
        those of the ten UCI tables that are found under T2M_DATA.

        Ctrl-C keeps what is done, in OUT.state; the same command goes on from there.

        Examples:
          t2m train tabular --steps 20000 -o my.safetensors
          t2m train tabular --from my.safetensors --steps 60000 --seed 2 -o better.safetensors
        """;

    private static readonly InContextTrainingOptions s_defaults = new();

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The checkpoint to write.", HelpName = "OUT", DefaultValueFactory = _ => "tabular.safetensors",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A checkpoint whose weights to go on from, with new tables.", HelpName = "F",
    };

    private readonly Option<int?> _steps =
        Numbers.Option("--steps", "N", $"Steps of this training [default: {s_defaults.Steps:N0}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {s_defaults.Rate}].", least: 0f, above: true);

    private readonly Option<int?> _maxRows = Numbers.Option(
        "--max-rows", "N", $"The most labelled rows of a table [default: {s_defaults.MaxRows}].", least: 20);

    private readonly Option<int?> _logEvery =
        Numbers.Option("--log-every", "N", "Steps between two lines of the log [default: 1000].", least: 1);

    private readonly RunOptions _run;

    public TrainTabularCommand(Session session)
        : base("tabular", About, Details, session, ToolJson.Relaxed.TrainTabularDocument)
    {
        foreach (Option option in new Option[] { _out, _from, _steps, _rate, _maxRows, _logEvery }) Add(option);
        _run = new RunOptions(this, saveEvery: 120);
    }

    protected override TrainTabularDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_out)!, state = $"{path}.state", log = $"{path}.log.csv";
        string? from = arguments.GetValue(_from);
        OutputFile.Check(path, from is null ? [] : [from]);
        if (from is not null && !File.Exists(from)) throw new ModelInputException($"There is no checkpoint {from}.");
        _run.Apply(arguments, state, log);

        InContextTrainingOptions options = s_defaults with
        {
            Steps = arguments.GetValue(_steps) ?? s_defaults.Steps,
            Rate = arguments.GetValue(_rate) ?? s_defaults.Rate,
            MaxRows = arguments.GetValue(_maxRows) ?? s_defaults.MaxRows,
        };
        ulong seed = Session.Seed ?? 0;
        InContextTraining training = from is null
            ? new(new InContextOptions(), options, seed)
            : InContextTraining.From(from, options, seed);
        Session.WhenStopped = $"What is done is kept in {state}; run the same command again to go on.";
        TrainingRun run = _run.Run(arguments, state, Session) with
        {
            Fingerprint =
                $"tabular {training.Sizes} {options} seed {seed} from {(from is null ? "" : OutputFile.Sha256(from))}",
        };
        TabularLog lines = new(training, path, log, arguments.GetValue(_logEvery) ?? 1000, Session);
        TrainingOutcome outcome = run.Run(training, lines, Session.Cancel);
        TabularLogLine last = lines.Write();
        RunOptions.Finish(outcome, training.TotalSteps, state, Session);
        return new(
            path, OutputFile.Sha256(path), training.Parameters, training.Tables, outcome.Step, training.TotalSteps,
            outcome.IsComplete, last.Loss, last.Accuracy, last.Tables, outcome.Elapsed.TotalSeconds, outcome.ResumedAt,
            Session.Warnings);
    }

    protected override void Print(TrainTabularDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(
            ("written", $"{document.Out}: {document.Parameters:N0} weights"),
            ("trained", $"{document.Steps:N0} steps, {document.Tables:N0} tables in all"),
            ("validation",
                $"loss {document.Loss:F4}, accuracy {Tables.Percent(document.Accuracy)} on synthetic tables"),
            ("time", $"{document.Seconds:F0} s"));
    }
}
