// From a table to a classifier in one pass of a pretrained generator: reads 92 chemical elements with six measured
// properties, keeps a quarter of them back, makes a classifier of the others that tells the family of an element, and
// writes it as a .t2m file and as an ONNX model. Beside it stands regularised logistic regression on the same rows.
//
// Then from five words to a classifier of images, tried on drawings.
//
//   dotnet run -c Release --project samples/QuickStart [-- TABLE.csv LABEL | -- IMAGE…]
using System.Diagnostics;
using ML.TextToModel;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using QuickStart;
using Spectre.Console;
using Grid = Spectre.Console.Table;
using Table = ML.TextToModel.Datasets.Table;

bool images = args.Length > 0 && args.All(file => File.Exists(file) && ImageFolderReader.Accepts(file));
bool own = args.Length == 2;
string file = own ? args[0] : Path.Combine(AppContext.BaseDirectory, "elements.csv");
const int splits = 5;
string? task = own ? null : "Tell the family of a chemical element from its measured properties.";

try
{
    if (images)
    {
        ImagePart.Run(args);
        return 0;
    }

    // The five lines: a table, its labelled rows, a generator, a classifier, a file.
    Table table = Table.Load(file, new TableOptions { Label = own ? args[1] : "family" });
    TableSample sample = TableSample.From(table);
    TableGenerator generator = new(InContextGenerator.Shipped);
    Stopwatch clock = Stopwatch.StartNew();
    FittedClassifier classifier = generator.Generate(sample, new TableGeneratorOptions { Task = task });
    string model = Path.Combine(Path.GetTempPath(), "quickstart.t2m"), onnx = Path.ChangeExtension(model, ".onnx");
    classifier.Save(model);
    double seconds = clock.Elapsed.TotalSeconds;
    OnnxExport.Write(onnx, classifier);

    // How good is it? Rows kept back, five times over.
    TableGeneratorOptions linear = new() { InContext = false, FineTune = false };
    double[] ours = new double[splits], alone = new double[splits], theirs = new double[splits];
    AnsiConsole.Progress().Start(progress =>
    {
        ProgressTask bar = progress.AddTask("scoring on rows kept back", maxValue: splits);
        for (int split = 0; split < splits; split++)
        {
            int[][] parts = TableSplit.Stratified(sample.Labels, [0.75, 0.25], new Rng((ulong)split));
            TableSample known = sample.Subset(parts[0]), unknown = sample.Subset(parts[1]);
            double Score(TableGeneratorOptions options) =>
                TableScores.Of(generator.Generate(known, options), unknown).Accuracy ?? 0;
            ours[split] = Score(new TableGeneratorOptions());
            alone[split] = Score(TableGeneratorOptions.InContextOnly);
            theirs[split] = Score(linear);
            bar.Increment(1);
        }
    });

    if (task is not null) Console.WriteLine(task);
    Console.WriteLine($"{Path.GetFileName(file)}: {sample.Rows} rows, {sample.Columns.Count} columns "
        + $"({string.Join(", ", sample.Columns)}), {sample.Classes.Count} classes.");
    AnsiConsole.Write(new Grid().Border(TableBorder.Rounded)
        .AddColumn("classifier").AddColumn($"accuracy on rows kept back, mean of {splits} splits")
        .AddRow("generated, refined", $"{ours.Average():P1}")
        .AddRow("generated, as it is", $"{alone.Average():P1}")
        .AddRow("logistic regression", $"{theirs.Average():P1}"));
    Console.WriteLine($"Made in {seconds:F2} s: {classifier.Spec}, {classifier.Parameters.Length:N0} parameters.");
    foreach (CardCandidate candidate in classifier.Card.Candidates)
        Console.WriteLine($"  tried: {candidate.Name}, log loss on held-out rows {candidate.Validation:F3}"
            + (candidate.Chosen ? " (chosen)" : ""));
    Console.WriteLine($"Written to {model} and {onnx}.");

    // Use it: one row of numbers, in the table's order.
    float[] probabilities = new float[classifier.Classes.Count];
    classifier.Predict(sample.Row(0), probabilities);
    int best = probabilities.IndexOf(probabilities.Max());
    Console.WriteLine(
        $"Row 1, '{sample.Classes[sample.Labels[0]]}', looks like '{classifier.Classes[best]}' to it "
        + $"({probabilities[best]:P0}).");
    if (!own) ImagePart.Run([]);
    return 0;
}
catch (ModelInputException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 2;
}
