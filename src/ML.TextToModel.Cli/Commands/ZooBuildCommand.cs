using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;
using ML.TextToModel.Zoos;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m zoo build</c>: trains many p-models of one generic model.</summary>
internal sealed class ZooBuildCommand : Verb<ZooBuildDocument>
{
    private const string About = "Trains many small classifiers, each for some classes, from one generic model.";

    private const string Details =
        """
        The folder gets safetensors files of p-models and zoo.json, which lists their classes,
        accuracies and seeds. Whenever it is stopped or killed, the same command goes on and
        ends with the same bits.

        Examples:
          t2m zoo build --generic generic.t2m -o zoo
          t2m zoo build --generic generic.t2m --tasks 100 --mix superclass -o zoo
          t2m zoo build --generic g.t2m --dataset drawn --tasks 6 --classes 4 --epochs 2 -o small
        """;

    private static readonly ZooRecipe s_defaults = new();

    private readonly Option<string> _generic = new("--generic")
    {
        Description = "A classifier of t2m train generic, of all classes of the images.", HelpName = "F",
        Required = true,
    };

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "A JSON file with settings of the trainings; options on the command line count more.",
        HelpName = "F",
    };

    private readonly Option<string?> _dataset = new("--dataset", "-d")
    {
        Description = $"The images: {string.Join(", ", NamedImages.Names)} [default: cifar100].", HelpName = "NAME",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The folder of the zoo.", HelpName = "DIR", DefaultValueFactory = _ => "zoo",
    };

    private readonly Option<int?> _tasks =
        Numbers.Option("--tasks", "N", $"P-models [default: {s_defaults.Tasks:N0}].", least: 1);

    private readonly Option<int?> _classes =
        Numbers.Option("--classes", "N", $"Classes of each [default: {s_defaults.TaskSize}].", least: 2);

    private readonly Option<TaskMix> _mix = new("--mix")
    {
        Description = "How classes are drawn: any alike (uniform), or with whole and half superclasses among them "
            + "(superclass).",
        HelpName = "NAME",
    };

    private readonly Option<int?> _together = Numbers.Option(
        "--together", "N", $"P-models that are trained side by side [default: {s_defaults.Together}].", least: 1);

    private readonly Option<int?> _epochs = Numbers.Option(
        "--epochs", "N", $"Passes over the images of a p-model [default: {s_defaults.Training.Epochs}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {s_defaults.Training.Rate}].", least: 0f, above: true);

    private readonly Option<int?> _threads =
        Numbers.Option("--threads", "N", "Threads [default: one per processor].", least: 1);

    public ZooBuildCommand(Session session)
        : base("build", About, Details, session, ToolJson.Relaxed.ZooBuildDocument)
    {
        foreach (Option option in new Option[]
        {
            _generic, _recipe, _dataset, _out, _tasks, _classes, _mix, _together, _epochs, _rate, _threads,
        }) Add(option);
    }

    protected override ZooBuildDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        if (arguments.GetValue(_threads) is { } threads) ComputeThreads.Count = threads;
        TrainingRecipe own = new()
        {
            Dataset = arguments.GetValue(_dataset), Seed = Session.Seed, Epochs = arguments.GetValue(_epochs),
            Rate = arguments.GetValue(_rate),
        };
        if (arguments.GetValue(_recipe) is { } file) own = own.Or(TrainingRecipe.Read(file));
        own = own.Or(new TrainingRecipe { Epochs = s_defaults.Training.Epochs, Rate = s_defaults.Training.Rate });
        string dataset = own.Dataset ?? "cifar100", folder = arguments.GetValue(_out)!;
        Session.Progress.Show($"reading {dataset}");
        ImageSet train = NamedImages.Find(dataset, ImageSplit.Train).Value;
        ImageSet test = NamedImages.Find(dataset, ImageSplit.Test).Value;
        ZooBuild build = new(FittedClassifier.Load(arguments.GetValue(_generic)!), train, test, s_defaults with
        {
            Tasks = arguments.GetValue(_tasks) ?? s_defaults.Tasks,
            TaskSize = arguments.GetValue(_classes) ?? s_defaults.TaskSize,
            Mix = arguments.GetValue(_mix),
            Together = arguments.GetValue(_together) ?? s_defaults.Together,
            Training = own.Options, Seed = own.Seed ?? 0,
        });
        Session.WhenStopped = $"What is done is kept in {folder}; run the same command again to go on.";
        Zoo zoo = build.Run(
            folder, new TrainingRun { Time = Session.Time }, new Line(Session.Progress), Session.Cancel);
        return new(
            folder, zoo.Count, zoo.Index.Spec, zoo.Index.Shards.Count,
            zoo.Index.Shards.SelectMany(shard => shard.Entries).Average(entry => entry.Accuracy),
            Session.Time.GetElapsedTime(start).TotalSeconds, Session.Warnings);
    }

    protected override void Print(ZooBuildDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(
            ("written", $"{document.Out}: {document.PModels:N0} p-models in {document.Files} files"),
            ("accuracy", $"{Tables.Percent(document.Accuracy)} on test images of their own classes, on average"),
            ("time", $"{document.Seconds:F0} s"));
    }

    /// <summary>Shows how far the zoo is.</summary>
    private sealed class Line(ProgressLine line) : IProgress<ZooProgress>
    {
        public void Report(ZooProgress value)
        {
            if (line.IsDue)
                line.Show($"p-models  {value.Done:N0} of {value.Tasks:N0}, the next at step {value.Training.Step:N0} "
                    + $"of {value.Training.TotalSteps:N0}  loss {value.Training.Loss:F3}");
        }
    }
}
