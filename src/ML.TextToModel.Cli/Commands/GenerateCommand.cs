using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using Spectre.Console;
using Table = ML.TextToModel.Datasets.Table;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m generate</c>: makes a classifier of a labelled table.</summary>
internal sealed class GenerateCommand : Verb<GenerateDocument>
{
    private const long MaxCells = 1_000_000;   // up to 32 MB of text while they are read

    private const string About = "Makes a fitted classifier of a labelled table, in one pass of a trained generator.";

    private const string Details =
        """
        What was tried beside the generated network, and how it did on rows held out for that,
        is in the card: t2m show OUT. Nothing is tried with --no-refine.

        Examples:
          t2m generate --data iris.csv --label species -o iris.t2m
          t2m generate --data iris.csv --label 5 --no-header --no-refine -o iris.t2m
        """;

    private readonly Option<string> _data = new("--data")
    {
        Description = "The table: CSV, TSV, ARFF or JSON.", HelpName = "F", Required = true,
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = "What the classifier is to tell, in a sentence; its card keeps it.", HelpName = "T",
    };

    private readonly Option<string?> _generator = new("--generator")
    {
        Description = "A checkpoint of t2m train tabular [default: the one that ships with t2m].", HelpName = "F",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The classifier to write.", HelpName = "OUT", Required = true,
    };

    private readonly Option<bool> _noRefine = new("--no-refine")
    {
        Description = "The generated network as it is: no training, no choice, no calibration.",
    };

    private readonly Option<bool> _quantiles = new("--quantiles")
    {
        Description = "Take numbers by their ranks: for very skewed columns.",
    };

    private readonly Option<double?> _budget = Numbers.Option(
        "--budget", "S", "Seconds after which no further candidate is tried [default: no limit].", least: 0d);

    private readonly DataOptions _options;

    public GenerateCommand(Session session)
        : base("generate", About, Details, session, ToolJson.Relaxed.GenerateDocument)
    {
        foreach (Option option in new Option[] { _data, _task, _generator, _out, _noRefine, _quantiles, _budget })
            Add(option);
        _options = new DataOptions(this, labelled: true);
    }

    protected override GenerateDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        string data = arguments.GetValue(_data)!, path = arguments.GetValue(_out)!;
        TableOptions options = _options.Read(arguments).Table;
        if (options.Label is null)
            throw new ModelInputException(
                $"{data}: say which column holds the classes, by name or number: --label COL.");
        OutputFile.Check(path, data);
        Session.Progress.Show($"reading {data}");
        Table table = Table.Load(data, options with { BadRows = BadRows.Report, MaxCells = MaxCells });
        TableSample sample = TableSample.From(table);
        int unlabelled = table.RowCount - sample.Rows;
        if (table.FileRowCount > table.RowCount)
            Session.Warn($"Of {table.FileRowCount:N0} rows {table.RowCount:N0} were used, drawn evenly from the file.");
        if (table.SkippedCount > 0)
            Session.Warn($"Rows that cannot be used were left out: {table.SkippedCount:N0}, the first on " +
                $"line {table.Skipped[0].Line}: {table.Skipped[0].Reason}");
        if (unlabelled > 0) Session.Warn($"Rows without a label were left out: {unlabelled:N0}.");
        TimeSpan read = Session.Time.GetElapsedTime(start);

        Session.Progress.Show("generating");
        InContextGenerator generator = arguments.GetValue(_generator) is { } file
            ? InContextGenerator.Load(file)
            : InContextGenerator.Shipped;
        TableGeneratorOptions generation = arguments.GetValue(_noRefine)
            ? TableGeneratorOptions.InContextOnly
            : new();
        generation = generation with
        {
            Seed = Session.Seed ?? 0, Task = arguments.GetValue(_task), Quantiles = arguments.GetValue(_quantiles),
        };
        if (arguments.GetValue(_budget) is { } budget)
            generation = generation with { Budget = TimeSpan.FromSeconds(budget) };
        FittedClassifier classifier = new TableGenerator(generator, Session.Time)
            .Generate(sample, generation, Session.Cancel);
        foreach (string note in classifier.Card.Notes) Session.Warn(note);
        classifier.Save(path);
        TimeSpan total = Session.Time.GetElapsedTime(start);
        return new(
            path, OutputFile.Sha256(path), classifier.Card.Generator, classifier.Classes, classifier.Spec,
            classifier.Spec.Layout.Count, sample.Rows, classifier.Card.Candidates,
            new(read.TotalSeconds, (total - read).TotalSeconds, total.TotalSeconds), Session.Warnings);
    }

    protected override void Print(GenerateDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        string chosen = document.Candidates.FirstOrDefault(candidate => candidate.Chosen) is { } best
            ? $"{best.Name}, of {document.Candidates.Count} candidates"
            : "the generated network";
        console.WritePairs(
            ("written", $"{document.Model}: {document.Spec}, {document.Parameters:N0} parameters"),
            ("classes", $"{document.Classes.Count}: {Tables.Some(document.Classes)}"),
            ("learned from", $"{document.Rows:N0} rows"),
            ("chosen", chosen),
            ("time", $"{document.Seconds.Total:F2} s (reading {document.Seconds.Read:F2})"));
    }
}
