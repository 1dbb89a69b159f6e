// From labelled images to small classifiers: trains one generic network on all classes of a data set, then draws tasks
// of ten classes and compares two ways to a classifier of its own for each of them: keeping the generic network's rows
// of those classes (no training at all), and fine-tuning it on the task's images.
//
//   dotnet run -c Release --project samples/ImageTasks [-- --epochs N] [--tasks N]
//
// CIFAR-100 is used where the environment variable T2M_DATA, or ../shared/data, leads to it; else images drawn here.
using System.Diagnostics;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;
using Spectre.Console;
using Column = Spectre.Console.TableColumn;
using Grid = Spectre.Console.Table;

const ulong seed = 7;
string shared = Path.GetFullPath(Path.Combine("..", "shared", "data"));
if (Environment.GetEnvironmentVariable(KnownDatasets.RootVariable) is null && Directory.Exists(shared))
    Environment.SetEnvironmentVariable(KnownDatasets.RootVariable, shared);

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

KnownDataset cifar100 = KnownDatasets.Find("cifar100");
bool real = cifar100.IsPresent(ImageSplit.Train) && cifar100.IsPresent(ImageSplit.Test);
ImageSet train = real ? cifar100.Load(ImageSplit.Train) : DrawnImages.Draw(perClass: 300, new Rng(seed));
ImageSet test = real ? cifar100.Load(ImageSplit.Test) : DrawnImages.Draw(perClass: 100, new Rng(seed + 1));
int epochs = Option("--epochs", real ? 40 : 25), taskCount = Option("--tasks", 5);
AnsiConsole.WriteLine(real
    ? $"CIFAR-100: {train.Count:N0} training images, {test.Count:N0} test images, {train.ClassNames.Count} classes."
    : "CIFAR-100 is not here, so this run draws its own images: "
        + $"{train.Count:N0} for training, {train.ClassNames.Count} classes of figures.");

// 1. The generic network, on all classes.
CnnSpec allClasses = new() { Classes = train.ClassNames.Count };
ImagePreprocessing preprocessing = ImagePreprocessing.Fit(train.Images, ImageSet.Side * ImageSet.Side);
TrainingOptions generic = new() { Epochs = epochs };
TrainingOptions tuning = new() { Epochs = 10, BatchSize = 64, Rate = 3e-3f };
ImageExamples allImages = new(train, null, preprocessing, generic);
ClassifierTraining training = new(allClasses, allClasses.Initialize(new Rng(seed)), allImages, generic, seed);
int[][] tasks = TaskSampler.Draw(train.ClassNames.Count, 10, taskCount, new Rng(seed));
CnnSpec tenClasses = allClasses with { Classes = 10 };
ImageExamples tests = new(test, tasks, preprocessing);
double[] selected = new double[tasks.Length], tuned = new double[tasks.Length];
FittedClassifier network = null!;
TimeSpan trainTime = default, tuneTime = default;
double genericAccuracy = 0;

try
{
    AnsiConsole.Progress().AutoClear(false).Start(progress =>
    {
        trainTime = Advance(progress, $"generic network, {allClasses.Layout.Count:N0} parameters", training);
        float[] parameters = training.Vector();
        genericAccuracy = Accuracy.Of(allClasses, parameters, new ImageExamples(test, null, preprocessing));
        network = new FittedClassifier(allClasses, parameters, train.ClassNames, preprocessing, new ClassifierCard
        {
            Generator = "generic-training", Seed = seed,
            Metrics = [new CardMetric("accuracy", genericAccuracy, real ? "CIFAR-100 test" : "drawn images")],
        });

        // 2. Classifiers for ten classes each: rows selected, and fine-tuned from there, all tasks side by side.
        float[][] rows =
            [.. tasks.Select(task => ClassifierSelection.Select(allClasses, parameters, tenClasses, task))];
        ImageExamples taskImages = new(train, tasks, preprocessing, tuning);
        ClassifierTraining fineTuning = new(tenClasses, rows, taskImages, tuning, seed);
        tuneTime = Advance(progress, $"fine-tuning {tasks.Length} tasks of ten classes", fineTuning);
        for (int t = 0; t < tasks.Length; t++)
        {
            selected[t] = Accuracy.Of(tenClasses, rows[t], tests, t);
            tuned[t] = Accuracy.Of(tenClasses, fineTuning.Vector(t), tests, t);
        }
    });
}
catch (OperationCanceledException)
{
    AnsiConsole.WriteLine("Stopped. Nothing was written; run it again to start anew.");
    return 130;
}

string path = Path.Combine(Path.GetTempPath(), "generic.t2m");
network.Save(path);

Grid table = new Grid().Border(TableBorder.Rounded)
    .AddColumn("task")
    .AddColumn(new Column("selection").RightAligned())
    .AddColumn(new Column("fine-tuned").RightAligned());
for (int t = 0; t < tasks.Length; t++)
{
    string classes = string.Join(", ", tasks[t].Select(c => train.ClassNames[c]));
    table.AddRow(Markup.Escape(classes), $"{selected[t]:P1}", $"{tuned[t]:P1}");
}
table.AddRow("[bold]mean[/]", $"[bold]{selected.Average():P1}[/]", $"[bold]{tuned.Average():P1}[/]");
AnsiConsole.Write(table);
AnsiConsole.WriteLine(
    $"Generic network: {genericAccuracy:P1} over all {train.ClassNames.Count} classes "
    + $"after {trainTime.TotalSeconds:F0} s of training.");
AnsiConsole.WriteLine($"Fine-tuning took {tuneTime.TotalSeconds / tasks.Length:F1} s a task, selection none.");

// 3. Use it: read the file back, classify one image.
FittedClassifier loaded = FittedClassifier.Load(path);
float[] image = [.. test.Image(0).ToArray().Select(value => (float)value)];
float[] probabilities = new float[loaded.Classes.Count];
loaded.Predict(image, probabilities);
int best = probabilities.IndexOf(probabilities.Max());
AnsiConsole.WriteLine(
    $"Written to {path} ({new FileInfo(path).Length / 1024} KB). Its view of test image 0, "
    + $"class '{test.ClassNames[test.Labels[0]]}': '{loaded.Classes[best]}' at {probabilities[best]:P0}.");
return 0;

TimeSpan Advance(ProgressContext progress, string name, ClassifierTraining run)
{
    ProgressTask bar = progress.AddTask(Markup.Escape(name), maxValue: run.TotalSteps);
    Stopwatch clock = Stopwatch.StartNew();
    while (run.Step < run.TotalSteps)
    {
        stop.Token.ThrowIfCancellationRequested();
        run.Advance();
        bar.Value = run.Step;
    }
    return clock.Elapsed;
}

int Option(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    bool given = at >= 0 && at + 1 < args.Length;
    return given && int.TryParse(args[at + 1], out int value) && value > 0 ? value : otherwise;
}
