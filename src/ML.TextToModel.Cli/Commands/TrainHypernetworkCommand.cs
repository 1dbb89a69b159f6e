using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Training;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m train hypernetwork</c>: trains the generator of networks for tables from requirements.</summary>
internal sealed class TrainHypernetworkCommand : Verb<TrainHypernetworkDocument>
{
    private const string About = "Trains the generator that turns a requirement into a classifier of tables.";

    private const string Details =
        """
        It learns the UCI tables under T2M_DATA, of each 60 % of the rows and three wordings of
        the requirement. Every so often the checkpoint is written and a line is added to
        OUT.log.csv: accuracy on another 20 % of the rows, in two wordings that it does not
        learn. The remaining rows are left to the benchmark modelgpt.

        Ctrl-C keeps what is done, in OUT.state; the same command goes on from there.

        Examples:
          t2m train hypernetwork -o hypernetwork.safetensors
          t2m train hypernetwork --tables iris,wine --steps 500 -o small.safetensors
        """;

    private static readonly HypernetworkTrainingOptions s_defaults = new();
    private static readonly HypernetworkOptions s_sizes = new();

    private readonly Option<string?> _tables = new("--tables")
    {
        Description = "The tables to learn, with commas between [default: all ten].", HelpName = "NAMES",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder that holds tabular/iris and so on [default: T2M_DATA].", HelpName = "DIR",
    };

    private readonly Option<int?> _split =
        Numbers.Option("--split", "N", "Which split of the rows into the three parts [default: 0].", least: 0);

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The checkpoint to write.", HelpName = "OUT",
        DefaultValueFactory = _ => "hypernetwork.safetensors",
    };

    private readonly Option<int?> _steps =
        Numbers.Option("--steps", "N", $"Steps of this training [default: {s_defaults.Steps:N0}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {s_defaults.Rate}].", least: 0f, above: true);

    private readonly Option<int?> _rows = Numbers.Option(
        "--rows", "N", $"Rows of each table in a local step [default: {s_defaults.Rows}].", least: 1);

    private readonly Option<int?> _fewRows = Numbers.Option(
        "--few-rows", "N", $"Tables of fewer rows take part in fewer steps [default: {s_defaults.FewRows:N0}].",
        least: 1);

    private readonly Option<int?> _localSteps = Numbers.Option(
        "--local-steps", "N",
        $"Steps that each generated network takes, for the generator to follow [default: {s_defaults.LocalSteps}].",
        least: 1);

    private readonly Option<float?> _localRate = Numbers.Option(
        "--local-rate", "X", $"The rate of these [default: {s_defaults.LocalRate}].", least: 0f, above: true);

    private readonly Option<double?> _dropout =
        Numbers.Option("--dropout", "X", $"Share of channels left out [default: {s_defaults.Dropout}].", least: 0d);

    private readonly Option<double?> _noise = Numbers.Option(
        "--noise", "X", $"Deviation of the noise on requirements [default: {s_defaults.Noise}].", least: 0d);

    private readonly Option<float?> _decay =
        Numbers.Option("--decay", "X", $"Weight decay [default: {s_defaults.Decay}].", least: 0f);

    private readonly Option<float?> _smoothing = Numbers.Option(
        "--smoothing", "X", $"Share of the target spread over all classes [default: {s_defaults.LabelSmoothing}].",
        least: 0f);

    private readonly Option<double?> _rowNoise = Numbers.Option(
        "--row-noise", "X", $"Deviation of the noise on features [default: {s_defaults.RowNoise}].", least: 0d);

    private readonly Option<bool> _spectral =
        new("--spectral") { Description = "Divides layers by their largest singular value, as ModelGPT does." };

    private readonly Option<int?> _width =
        Numbers.Option("--width", "N", $"Channels of the generator [default: {s_sizes.Width}].", least: 1);

    private readonly Option<int?> _layers =
        Numbers.Option("--layers", "N", $"Blocks of the generator [default: {s_sizes.Layers}].", least: 0);

    private readonly Option<int?> _logEvery =
        Numbers.Option("--log-every", "N", "Steps between two lines of the log [default: 500].", least: 1);

    private readonly RunOptions _run;

    public TrainHypernetworkCommand(Session session)
        : base("hypernetwork", About, Details, session, ToolJson.Relaxed.TrainHypernetworkDocument)
    {
        foreach (Option option in new Option[]
        {
            _tables, _data, _split, _out, _steps, _rate, _rows, _fewRows, _localSteps, _localRate, _dropout, _noise,
            _decay, _smoothing, _rowNoise, _spectral, _width, _layers, _logEvery,
        }) Add(option);
        _run = new RunOptions(this, saveEvery: 120);
    }

    protected override TrainHypernetworkDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_out)!, state = $"{path}.state", log = $"{path}.log.csv";
        OutputFile.Check(path, []);
        _run.Apply(arguments, state, log);
        UciTable[] tables = Tables(arguments.GetValue(_tables));
        int split = arguments.GetValue(_split) ?? 0;
        List<TableTask> learned = [];
        List<HeldOutTable> heldOut = [];
        foreach (UciTable table in tables)
        {
            Session.Progress.Show($"reading {table.Name}");
            TableSample sample = table.Load(arguments.GetValue(_data));
            int[][] parts = TableSplit.OfProtocol(table.Name, sample.Labels, split);
            TaskDescription task = TaskDescription.Uci[table.Name];
            learned.Add(new TableTask(
                task with { Wordings = [.. task.Wordings.Take(HeldOutTable.Wordings)] }, sample.Subset(parts[0])));
            heldOut.Add(new HeldOutTable(table.Name, task, learned[^1].Preprocessing, sample.Subset(parts[1])));
        }
        HypernetworkPretraining training = new(
            learned, null,
            s_sizes with
            {
                Width = arguments.GetValue(_width) ?? s_sizes.Width,
                Layers = arguments.GetValue(_layers) ?? s_sizes.Layers,
            },
            Training(arguments), Session.Seed ?? 0,
            [$"Trained on part of the UCI tables {string.Join(", ", tables.Select(table => table.Name))}."]);
        Session.WhenStopped = $"What is done is kept in {state}; run the same command again to go on.";
        HypernetworkLog lines = new(training, heldOut, path, log, arguments.GetValue(_logEvery) ?? 500, Session);
        TrainingOutcome outcome = training.Run(_run.Run(arguments, state, Session), lines, Session.Cancel);
        double accuracy = lines.Write(outcome.Elapsed);
        RunOptions.Finish(outcome, training.TotalSteps, state, Session);
        return new(
            path, OutputFile.Sha256(path), training.Parameters, [.. tables.Select(table => table.Name)], outcome.Step,
            training.TotalSteps, outcome.IsComplete, accuracy, outcome.Elapsed.TotalSeconds, outcome.ResumedAt,
            Session.Warnings);
    }

    protected override void Print(TrainHypernetworkDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(
            ("written", $"{document.Out}: {document.Parameters:N0} weights"),
            ("trained", $"{document.Steps:N0} steps on {string.Join(", ", document.Tables)}"),
            ("accuracy", $"{Output.Tables.Percent(document.Accuracy)} on rows and in wordings that it did not learn"),
            ("time", $"{document.Seconds:F0} s"));
    }

    /// <exception cref="ModelInputException">A table is not known, or not there.</exception>
    private static UciTable[] Tables(string? names)
    {
        if (names is null) return [.. UciTables.All];
        return
        [
            .. names.Split(',').Select(name => UciTables.All.FirstOrDefault(table => table.Name == name.Trim())
                ?? throw new ModelInputException(
                    $"There is no table '{name}'. There are "
                    + $"{string.Join(", ", UciTables.All.Select(table => table.Name))}.")),
        ];
    }

    private HypernetworkTrainingOptions Training(ParseResult arguments) => s_defaults with
    {
        Steps = arguments.GetValue(_steps) ?? s_defaults.Steps,
        Rate = arguments.GetValue(_rate) ?? s_defaults.Rate,
        Rows = arguments.GetValue(_rows) ?? s_defaults.Rows,
        FewRows = arguments.GetValue(_fewRows) ?? s_defaults.FewRows,
        LocalSteps = arguments.GetValue(_localSteps) ?? s_defaults.LocalSteps,
        LocalRate = arguments.GetValue(_localRate) ?? s_defaults.LocalRate,
        Dropout = arguments.GetValue(_dropout) ?? s_defaults.Dropout,
        Noise = arguments.GetValue(_noise) ?? s_defaults.Noise,
        Decay = arguments.GetValue(_decay) ?? s_defaults.Decay,
        LabelSmoothing = arguments.GetValue(_smoothing) ?? s_defaults.LabelSmoothing,
        RowNoise = arguments.GetValue(_rowNoise) ?? s_defaults.RowNoise,
        SpectralNorm = arguments.GetValue(_spectral),
    };
}
