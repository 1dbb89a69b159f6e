using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m eval</c>: scores a classifier on labelled data.</summary>
internal sealed class EvalCommand : Verb<EvalDocument>
{
    private const int ShownClasses = 20;

    private const string About =
        "Scores a classifier on labelled data: accuracy, AUC, log loss, figures of each class.";

    private const string Details =
        """
        Classes are matched by name; rows of other classes are skipped and counted. Columns of
        a table are matched by name, or by position where the table has no header.

        Examples:
          t2m eval generic.t2m cifar100                     the test images of a known data set
          t2m eval pets.t2m photos                          a folder, or a zip, with a folder of
                                                            PNG or JPEG files for each class
          t2m eval generic.t2m test.bin.gz                  a file of 32×32 image records
          t2m eval iris.t2m iris.csv --label species        a table: CSV, TSV, ARFF or JSON
          t2m eval iris.t2m iris.data --no-header --label 5
        """;

    private readonly Argument<string> _model = ModelFile.Argument();

    private readonly Argument<string> _data = new("data")
    {
        Description = $"A file, a folder of images, or a known data set: {string.Join(", ", NamedImages.Names)}.",
        HelpName = "DATA",
    };

    private readonly DataOptions _options;

    public EvalCommand(Session session) : base("eval", About, Details, session, ToolJson.Relaxed.EvalDocument)
    {
        Add(_model);
        Add(_data);
        _options = new DataOptions(this, labelled: true);
    }

    protected override EvalDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        Session.WhenStopped = "Scoring keeps nothing; run the same command again.";
        string path = arguments.GetValue(_model)!, data = arguments.GetValue(_data)!;
        FittedClassifier model = ModelFile.Load(path);
        using RowSource rows = InputFile.Open(data, model, _options.Read(arguments), labelled: true);
        Scores scores = Scoring.Score(model, rows, data, Session);
        foreach (SkipReason skip in scores.Skips)
            Session.Warn($"{skip.Rows:N0} rows were skipped: {skip.Reason} ({skip.First})");

        ClassificationMetrics metrics = scores.Metrics;
        int[] classes = [.. Enumerable.Range(0, metrics.Classes)];
        return new(
            path, data, metrics.Rows + scores.Skipped, scores.Skipped, metrics.Accuracy, scores.Auc, metrics.LogLoss,
            [.. classes.Select(c => Score(model.Classes[c], metrics.Of(c)))],
            [.. classes.Select(actual => classes.Select(predicted => metrics.Confusion(actual, predicted)).ToArray())],
            scores.Skips, Session.Time.GetElapsedTime(start).TotalSeconds, Session.Warnings);
    }

    protected override void Print(EvalDocument document, IAnsiConsole console)
    {
        console.WritePairs(
            ("rows", $"{document.Rows:N0}"
                + (document.Skipped > 0 ? $", of which {document.Skipped:N0} were skipped" : "")),
            ("accuracy", Tables.Percent(document.Accuracy)),
            ("AUC", Tables.Figure(document.AucOvo)
                + (document.PerClass.Count > 2 ? " (mean over pairs of classes)" : "")),
            ("log loss", Tables.Figure(document.LogLoss)));
        bool all = document.PerClass.Count <= ShownClasses;
        IEnumerable<ClassScore> shown =
            all ? document.PerClass : document.PerClass.OrderBy(c => c.F1 ?? 2).Take(ShownClasses);
        Table table = Tables.Numbers(
            all ? "Classes" : $"The {ShownClasses} worst of {document.PerClass.Count} classes (all: --json)",
            "Class", "Rows", "Precision", "Recall", "F1");
        foreach (ClassScore c in shown)
            table.Add([c.Class, $"{c.Support:N0}", .. new[] { c.Precision, c.Recall, c.F1 }.Select(Tables.Percent)]);
        console.Write(table);
    }

    private static ClassScore Score(string name, ClassFigures figures) =>
        new(name, figures.Support, figures.Precision, figures.Recall, figures.F1);
}
