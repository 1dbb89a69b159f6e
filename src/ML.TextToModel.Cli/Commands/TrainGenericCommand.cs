using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m train generic</c>: trains the CNN of all classes of an image set.</summary>
internal sealed class TrainGenericCommand : Verb<TrainGenericDocument>
{
    private const string About = "Trains the generic model: one network on all classes of an image data set.";

    private const string Details =
        """
        Ctrl-C keeps what is done, in OUT.state; the same command goes on from there and
        ends with the same model, to the bit, as if it had never been stopped.

        Examples:
          t2m train generic                              on CIFAR-100: one to a few minutes
          t2m train generic --dataset drawn --epochs 5   no data needed: shapes that t2m draws itself
          t2m train generic --network resnet20 -o resnet20.t2m     a backbone and a head on it: an hour
          t2m train generic --backbone resnet20.t2m --dataset caltech101 -o head.t2m        a head on that backbone
          t2m train generic --backbone mobilenet.onnx --side 96 --half -o head.t2m          pixels from -1 to 1
          t2m train generic --recipe my.json -o my.t2m   a recipe: {"epochs": 30, "rate": 0.005, "channels": [16, 32]}
        """;

    private readonly Option<string?> _dataset = new("--dataset", "-d")
    {
        Description = $"The images: {string.Join(", ", NamedImages.Names)} [default: cifar100].", HelpName = "NAME",
    };

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "A JSON file with settings; options on the command line count more.", HelpName = "F",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The classifier to write.", HelpName = "OUT", DefaultValueFactory = _ => "generic.t2m",
    };

    private readonly Option<NetworkKind?> _network = new("--network", "-n")
    {
        Description = "What to train: cnn, small and fast, or resnet20, an hour of training [default: cnn].",
        HelpName = "KIND",
    };

    private readonly Option<string?> _backbone = new("--backbone")
    {
        Description = "A frozen backbone to train a head on: an ONNX file, or a .t2m file with a backbone inside.",
        HelpName = "F",
    };

    private readonly Option<int?> _side = Numbers.Option(
        "--side", "N", "Height and width of images, where an ONNX backbone leaves them open.", least: 1);

    private readonly Option<float[]?> _pixelMean = new("--pixel-mean")
    {
        Description =
            "With an ONNX backbone: what is taken off red, green and blue from 0 to 1 [default: 0.5 0.5 0.5].",
        HelpName = "R G B", Arity = new ArgumentArity(3, 3), AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<float[]?> _pixelDeviation = new("--pixel-deviation")
    {
        Description = "What they are then divided by [default: 0.5 0.5 0.5].",
        HelpName = "R G B", Arity = new ArgumentArity(3, 3), AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _half = new("--half")
    {
        Description = "Write the weights of the backbone in half precision: a file half as large.",
    };

    private readonly Option<int?> _epochs =
        Numbers.Option("--epochs", "N", $"Passes over the images [default: {new TrainingOptions().Epochs}].", least: 1);

    private readonly Option<int?> _batch =
        Numbers.Option("--batch", "N", $"Images per step [default: {new TrainingOptions().BatchSize}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {new TrainingOptions().Rate}].", least: 0f, above: true);

    private readonly Option<int?> _perClass = Numbers.Option(
        "--per-class", "N", $"With drawn images: of each class [default: {NamedImages.DrawnPerClass}].", least: 1);

    private readonly RunOptions _run;

    public TrainGenericCommand(Session session)
        : base("generic", About, Details, session, ToolJson.Relaxed.TrainGenericDocument)
    {
        foreach (Option option in new Option[]
        {
            _dataset, _network, _backbone, _side, _pixelMean, _pixelDeviation, _half, _recipe, _out, _epochs, _batch,
            _rate, _perClass,
        }) Add(option);
        _run = new RunOptions(this, saveEvery: 10);
    }

    protected override TrainGenericDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        TrainingRecipe recipe = Recipe(arguments);
        string dataset = recipe.Dataset ?? "cifar100", path = arguments.GetValue(_out)!, state = $"{path}.state";
        NamedImages.CheckName(dataset);
        CheckOptions(recipe);
        bool half = arguments.GetValue(_half);
        OutputFile.Check(path, new[] { arguments.GetValue(_recipe), recipe.Backbone }.OfType<string>());
        _run.Apply(arguments, state);

        Session.Progress.Show($"reading {dataset}");
        (ImageSet train, ImageSet test) = Load(dataset, recipe.PerClass);
        GenericTraining training = Training(recipe, train, half);
        TimeSpan read = Session.Time.GetElapsedTime(start);

        Session.WhenStopped = $"What is done is kept in {state}; run the same command again to go on.";
        TrainingOutcome outcome = training.Run(
            _run.Run(arguments, state, Session, used: read), new StepLine(Session.Progress), Session.Cancel);

        TimeSpan trained = Session.Time.GetElapsedTime(start);
        FittedClassifier unscored = Finished(training.Classifier());
        using var testRows = new ImageSetRows(new(test), dataset, unscored);
        Scores scores = Scoring.Score(unscored, testRows, dataset, Session);
        Session.Cancel.ThrowIfCancellationRequested();
        string on = $"{dataset} test, {test.Count} images";
        FittedClassifier classifier = Finished(training.Classifier(
            [new("accuracy", scores.Metrics.Accuracy!.Value, on), new("log loss", scores.Metrics.LogLoss!.Value, on)],
            [NamedImages.Terms(dataset)]));
        classifier.Save(path);
        RunOptions.Finish(outcome, training.TotalSteps, state, Session);

        TimeSpan total = Session.Time.GetElapsedTime(start);
        return new(
            path, OutputFile.Sha256(path), dataset.ToLowerInvariant(), training.Spec,
            training.Spec.Layout.Count + classifier.Preprocessing.Layout.Count,
            train.ClassNames, recipe.Options.Epochs, outcome.Step, training.TotalSteps, outcome.IsComplete,
            scores.Metrics.Accuracy, scores.Metrics.LogLoss, scores.Auc,
            new(read.TotalSeconds, outcome.Elapsed.TotalSeconds, (total - trained).TotalSeconds, total.TotalSeconds),
            outcome.Examples > 0 ? outcome.Examples / outcome.Elapsed.TotalSeconds : null, outcome.ResumedAt,
            Session.Warnings);

        FittedClassifier Finished(FittedClassifier trained) => half ? trained.InHalfPrecision() : trained;
    }

    protected override void Print(TrainGenericDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        TrainingSeconds seconds = document.Seconds;
        console.WritePairs(
            ("written", $"{document.Out}: {document.Parameters:N0} parameters, {document.Classes.Count} classes"),
            ("accuracy", $"{Tables.Percent(document.Accuracy)} on the test images of {document.Dataset}"),
            ("trained", $"{document.Steps:N0} steps"
                + (document.ResumedAt is { } at ? $", going on from step {at:N0}" : "")
                + (document.ImagesPerSecond is { } speed ? $", {speed:N0} images/s" : "")),
            ("time", $"{seconds.Total:F1} s (reading {seconds.Read:F1}, training {seconds.Train:F1}, " +
                $"scoring {seconds.Evaluate:F1})"),
            ("next", $"t2m eval {document.Out} {document.Dataset}"));
    }

    private TrainingRecipe Recipe(ParseResult arguments)
    {
        var options = new TrainingRecipe
        {
            Dataset = arguments.GetValue(_dataset),
            Network = arguments.GetValue(_network),
            Backbone = arguments.GetValue(_backbone),
            Side = arguments.GetValue(_side),
            PixelMean = Given(_pixelMean),
            PixelDeviation = Given(_pixelDeviation),
            PerClass = arguments.GetValue(_perClass),
            Seed = Session.Seed,
            Epochs = arguments.GetValue(_epochs),
            BatchSize = arguments.GetValue(_batch),
            Rate = arguments.GetValue(_rate),
        };
        return arguments.GetValue(_recipe) is { } path ? options.Or(TrainingRecipe.Read(path)) : options;

        float[]? Given(Option<float[]?> option) => arguments.GetValue(option) is { Length: > 0 } values ? values : null;
    }

    private GenericTraining Training(TrainingRecipe recipe, ImageSet images, bool half)
    {
        ulong seed = recipe.Seed ?? 0;
        if (recipe.Backbone is not null)
        {
            Backbone backbone = BackboneFile.Load(recipe);
            Session.Progress.Show("computing features");
            return new(images, half ? backbone.InHalfPrecision() : backbone, recipe.Options, seed, Session.Cancel);
        }
        return recipe.Network == NetworkKind.ResNet20
            ? new(images, new ResNetArchitecture(), recipe.Options, seed)
            : new(images, recipe.Options, seed, recipe.Architecture);
    }

    private static void CheckOptions(TrainingRecipe recipe)
    {
        List<string> faults = [.. recipe.Options.Faults(), .. recipe.Architecture.Faults()];
        if (recipe is { Backbone: not null, Network: not null })
            faults.Add("A head on a backbone has no network of its own; give one of both.");
        if (recipe.PerClass < 1) faults.Add($"per_class is {recipe.PerClass}; it is from 1.");
        if (faults.Count > 0) throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
    }

    private (ImageSet Train, ImageSet Test) Load(string dataset, int? perClass)
    {
        try
        {
            int drawn = perClass ?? NamedImages.DrawnPerClass;
            Lazy<ImageSet> train = NamedImages.Find(dataset, ImageSplit.Train, drawn);
            Lazy<ImageSet> test = NamedImages.Find(dataset, ImageSplit.Test, drawn);
            _ = train.Value;
            Session.Cancel.ThrowIfCancellationRequested();
            return (train.Value, test.Value);
        }
        catch (ImageException e) when (e.Fault == ImageFault.NotFound)
        {
            throw new ModelInputException(
                $"{e.Message} Or train on images that t2m draws itself: --dataset {NamedImages.Drawn}", e);
        }
    }

    /// <summary>Shows how far the training is.</summary>
    private sealed class StepLine(ProgressLine line) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (!line.IsDue) return;
            double speed = value.Examples / Math.Max(value.Elapsed.TotalSeconds, 1e-3);
            line.Show($"training  step {value.Step:N0} of {value.TotalSteps:N0}  loss {value.Loss:F3}  " +
                $"{speed:N0} images/s  {value.Left:h\\:mm\\:ss} left");
        }
    }
}
