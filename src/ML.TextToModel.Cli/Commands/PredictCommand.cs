using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m predict</c>: classifies rows or images.</summary>
internal sealed class PredictCommand : Verb<PredictDocument>
{
    private const string About = "Classifies every row of a table, or every image of a file or folder, and writes CSV.";

    private const string Details =
        """
        The columns are, for images, File; then PredictedLabel, Probability.CLASS of each class,
        and Error. There is one row of output per row of input, in the same order; one that cannot
        be used has empty fields, and Error says why.

        Examples:
          t2m predict iris.t2m new-flowers.csv --out labels.csv
          t2m predict pets.t2m cat.jpg photos more.zip > labels.csv
          t2m predict generic.t2m test.bin.gz > labels.csv
          t2m predict generic.t2m cifar100 --json
        """;

    private readonly Argument<string> _model = ModelFile.Argument();

    private readonly Argument<string[]> _inputs = new("input")
    {
        Description = $"Files, folders of images, or known data sets: {string.Join(", ", NamedImages.Names)}.",
        HelpName = "INPUT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "The CSV file to write. Default: standard output.", HelpName = "F",
    };

    private readonly DataOptions _options;

    public PredictCommand(Session session) : base("predict", About, Details, session, ToolJson.Relaxed.PredictDocument)
    {
        Add(_model);
        Add(_inputs);
        Add(_out);
        _options = new DataOptions(this, labelled: false);
    }

    protected override PredictDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_model)!;
        string[] inputs = arguments.GetValue(_inputs)!;
        string? target = arguments.GetValue(_out);
        DataChoices choices = _options.Read(arguments);
        FittedClassifier model = ModelFile.Load(path);
        if (target is not null) OutputFile.Check(target, [path, .. inputs.Where(File.Exists)]);
        // All inputs are opened before anything is written: a mistyped name among many shows at once.
        foreach (string input in inputs) InputFile.Open(input, model, choices, labelled: false).Dispose();

        if (target is not null) return ToFile(target, path, inputs, model, choices);
        Session.WhenStopped = "Run the same command again; it starts anew.";
        if (!Session.Json)
        {
            var csv = new CsvWriter(Session.Out);
            (long written, long unusable) = Predict(inputs, model, choices, CsvRows(csv, model));
            return new(path, written, unusable, null, model.Classes, null);
        }
        List<Prediction> predictions = [];
        bool images = model.Preprocessing.ImageSize(model.Spec.InputShape) is not null;
        (long rows, long failed) = Predict(inputs, model, choices, (source, probabilities) => predictions.Add(new(
            images ? source.Place : null, probabilities is null ? null : Best(model, probabilities),
            probabilities?.ToArray(), source.Error)));
        return new(path, rows, failed, null, model.Classes, predictions);
    }

    protected override void Print(PredictDocument document, IAnsiConsole console)
    {
        if (document.Out is null || Session.Quiet) return;
        string unusable =
            document.Failed > 0 ? $", of which {document.Failed:N0} could not be used: see the column Error" : "";
        console.WritePairs(("written", $"{document.Out}: {document.Rows:N0} rows{unusable}"));
    }

    /// <summary>Writes beside the target and renames, so that a file under its name is always complete.</summary>
    private PredictDocument ToFile(
        string target, string path, string[] inputs, FittedClassifier model, DataChoices choices)
    {
        string partial = $"{target}.partial";
        Session.WhenStopped = $"The rows that were done are in {partial}; run the same command again for all of them.";
        long rows, failed;
        using (var csv = new CsvWriter(File.Create(partial)))
            (rows, failed) = Predict(inputs, model, choices, CsvRows(csv, model));
        File.Move(partial, target, overwrite: true);
        return new(path, rows, failed, target, model.Classes, null);
    }

    /// <summary>
    /// Hands every row to <paramref name="write"/>, with null for the probabilities of an unusable one.
    /// </summary>
    private (long Rows, long Failed) Predict(
        string[] inputs, FittedClassifier model, DataChoices choices, Action<RowSource, float[]?> write)
    {
        (long rows, long failed) = (0, 0);
        float[] probabilities = new float[model.Classes.Count];
        foreach (string input in inputs)
        {
            using RowSource source = InputFile.Open(input, model, choices, labelled: false);
            while (source.Read())
            {
                Session.Cancel.ThrowIfCancellationRequested();
                if (Session.Progress.IsDue) Session.Progress.Show($"predicting  row {rows:N0}");
                bool usable = source.TryPredict(model, probabilities);
                write(source, usable ? probabilities : null);
                rows++;
                if (!usable) failed++;
            }
        }
        return (rows, failed);
    }

    private static Action<RowSource, float[]?> CsvRows(CsvWriter csv, FittedClassifier model)
    {
        bool images = model.Preprocessing.ImageSize(model.Spec.InputShape) is not null;
        if (images) csv.Write("File");
        csv.WriteRow(["PredictedLabel", .. model.Classes.Select(name => $"Probability.{name}"), "Error"]);
        return (source, probabilities) =>
        {
            if (images) csv.Write(source.Place);
            csv.Write(probabilities is null ? null : Best(model, probabilities));
            for (int c = 0; c < model.Classes.Count; c++) csv.Write(probabilities?[c] ?? float.NaN);
            csv.Write(source.Error);
            csv.EndRow();
        };
    }

    private static string Best(FittedClassifier model, float[] probabilities) =>
        model.Classes[Array.IndexOf(probabilities, probabilities.Max())];
}
