using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;
using ML.TextToModel.Zoos;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m train tina</c>: trains the generator of image classifiers.</summary>
internal sealed class TrainTinaCommand : Verb<TrainTinaDocument>
{
    private const int TaskSize = 10, LogTasks = 20;

    private const string About = "Trains the generator that turns class texts into classifiers of images.";

    private const string Details =
        """
        It starts from a generic model of all classes (t2m train generic): a CNN, or a head on a
        backbone, whose generator emits class rows and has the backbone inside. Every so often the
        checkpoint is written and a line is added to OUT.log.csv: the accuracy of classifiers
        generated for tasks that are always the same, on test images.

        With --from it goes on from the weights of a checkpoint instead, whose sizes and token
        layout it takes over. A multiple of its width, more blocks or more hidden channels make
        it grow, at first without any change of what it computes.

        Ctrl-C keeps what is done, in OUT.state; the same command goes on from there.

        Examples:
          t2m train tina --generic generic.t2m -o tina.safetensors
          t2m train tina --generic g.t2m --dataset drawn --steps 500 -o t.safetensors
          t2m train tina --from t.safetensors --width 512 --layers 6 -o larger.safetensors
        """;

    private static readonly TinaTrainingOptions s_defaults = new();
    private static readonly TinaOptions s_sizes = new();

    private readonly Option<string?> _generic = new("--generic")
    {
        Description = "A classifier of t2m train generic, of all classes of the images, to start from.",
        HelpName = "F",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A checkpoint of t2m train tina to go on from, in place of a generic model.", HelpName = "F",
    };

    private readonly Option<string> _dataset = new("--dataset", "-d")
    {
        Description = $"The images: {string.Join(", ", NamedImages.Names)} [default: cifar100].", HelpName = "NAME",
        DefaultValueFactory = _ => "cifar100",
    };

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "An npy file with a vector for each class of the images, in their order, instead of the text "
            + "encoder that ships with t2m.",
        HelpName = "F",
    };

    private readonly Option<string?> _known = new("--known")
    {
        Description = "A file with the classes to learn, one a line, and tab and description where there is one "
            + "[default: all].",
        HelpName = "F",
    };

    private readonly Option<string?> _backbone = new("--backbone")
    {
        Description = "A classifier of t2m train generic --network, whose backbone looks at images of a class: then "
            + "images can stand for its text (t2m generate --images).",
        HelpName = "F",
    };

    private readonly Option<float?> _holdOut = Numbers.Option(
        "--hold-out", "X", "The share of each task's classes that their texts and the other classes have to predict, "
            + "for classes that are never seen; with --generic [default: 0].", least: 0f);

    private readonly Option<float?> _conditionNoise = Numbers.Option(
        "--condition-noise", "X", "Noise on conditions, as a share of their length [default: 0].", least: 0f);

    private readonly Option<float?> _promptNoise = Numbers.Option(
        "--prompt-noise", "X", "With --backbone: noise on the features of example images, as a share of how any two "
            + "images differ [default: 0].", least: 0f);

    private readonly Option<string?> _zoo = new("--zoo")
    {
        Description = "A zoo of trained p-models (t2m zoo build), for the objectives diffusion and joint.",
        HelpName = "DIR",
    };

    private readonly Option<TinaObjective> _objective = new("--objective")
    {
        Description = "What to make small: the loss of generated classifiers (task), the squared error of "
            + "denoised p-models (diffusion), or both (joint).",
        HelpName = "NAME",
    };

    private readonly Option<TokenLayout?> _tokens = new("--tokens")
    {
        Description = "One token per class (classrow), or chunks as in the paper (chunked) [default: ClassRow].",
        HelpName = "NAME",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The checkpoint to write.", HelpName = "OUT", DefaultValueFactory = _ => "tina.safetensors",
    };

    private readonly Option<int?> _steps =
        Numbers.Option("--steps", "N", $"Steps of this training [default: {s_defaults.Steps:N0}].", least: 1);

    private readonly Option<float?> _rate = Numbers.Option(
        "--rate", "X", $"Learning rate at its peak [default: {s_defaults.Rate}].", least: 0f, above: true);

    private readonly Option<float?> _baseRate = Numbers.Option(
        "--base-rate", "X", $"How much faster the base parameters learn [default: {s_defaults.BaseRate}].", least: 0f);

    private readonly Option<double?> _ridge = Numbers.Option(
        "--ridge", "X", "Penalty of the regression of class rows on texts that training starts from: small for known "
            + "classes [default: the best for classes that are left out].", least: 0d, above: true);

    private readonly Option<int?> _warmUp = Numbers.Option(
        "--warm-up", "N", $"Steps until the rate is at its peak [default: {s_defaults.WarmUp}].", least: 0);

    private readonly Option<int?> _tasks =
        Numbers.Option("--tasks", "N", $"Tasks of a step [default: {s_defaults.Tasks}].", least: 1);

    private readonly Option<int?> _images =
        Numbers.Option("--images", "N", $"Images of each task [default: {s_defaults.Images}].", least: 1);

    private readonly Option<int?> _minClasses = Numbers.Option(
        "--min-classes", "N", $"The fewest classes of a task [default: {s_defaults.MinClasses}].", least: 2);

    private readonly Option<int?> _maxClasses = Numbers.Option(
        "--max-classes", "N", $"The most classes of a task [default: {s_defaults.MaxClasses}].", least: 2);

    private readonly Option<int?> _width =
        Numbers.Option("--width", "N", $"Channels of a token [default: {s_sizes.Width}].", least: 2);

    private readonly Option<int?> _layers =
        Numbers.Option("--layers", "N", $"Blocks [default: {s_sizes.Layers}].", least: 1);

    private readonly Option<int?> _hidden = Numbers.Option(
        "--hidden", "N", $"Hidden channels of a feed-forward part [default: {s_sizes.Hidden}].", least: 1);

    private readonly Option<int?> _adapterRank = Numbers.Option(
        "--adapter-rank", "N", "With a generic head: the rank of an adapter of its features that is generated too "
            + "[default: 0, none].", least: 0);

    private readonly Option<int?> _logEvery =
        Numbers.Option("--log-every", "N", "Steps between two lines of the log [default: 500].", least: 1);

    private readonly RunOptions _run;

    public TrainTinaCommand(Session session)
        : base("tina", About, Details, session, ToolJson.Relaxed.TrainTinaDocument)
    {
        foreach (Option option in new Option[]
        {
            _generic, _from, _dataset, _vectors, _known, _backbone, _promptNoise, _zoo, _objective, _tokens, _out,
            _steps, _rate, _baseRate, _ridge, _holdOut, _conditionNoise, _warmUp, _tasks, _images, _minClasses,
            _maxClasses, _width, _layers, _hidden, _adapterRank, _logEvery,
        }) Add(option);
        _run = new RunOptions(this, saveEvery: 120);
    }

    protected override TrainTinaDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_out)!, state = $"{path}.state", log = $"{path}.log.csv";
        string? generic = arguments.GetValue(_generic), from = arguments.GetValue(_from);
        string? vectors = arguments.GetValue(_vectors), backbone = arguments.GetValue(_backbone);
        CheckStart(arguments);
        OutputFile.Check(path, new[] { generic, from, vectors, backbone }.OfType<string>());
        _run.Apply(arguments, state, log);
        string dataset = arguments.GetValue(_dataset)!;
        Session.Progress.Show($"reading {dataset}");
        ImageSet train = NamedImages.Find(dataset, ImageSplit.Train).Value;
        ImageSet test = NamedImages.Find(dataset, ImageSplit.Test).Value;
        IReadOnlyList<ClassText>? known = arguments.GetValue(_known) is { } file ? ClassTexts.Read(file) : null;
        TinaGenerator? trained = from is null ? null : TinaGenerator.Load(from, vectors);
        TinaPretraining training = new(
            generic is null ? null : FittedClassifier.Load(generic), train,
            vectors is null ? WordTextEncoder.Shipped : PrecomputedTextEncoder.Load(vectors, train.ClassNames),
            Sizes(arguments, trained?.Options), Training(arguments), Session.Seed ?? 0,
            known is null ? null : [.. known.Select(c => c.Name).Distinct()],
            known?.Where(c => c.Description is not null).GroupBy(c => c.Name).ToDictionary(
                group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(c => c.Text)]),
            arguments.GetValue(_zoo) is { } zoo ? Zoo.Open(zoo).Sample(train.ClassNames) : null,
            [NamedImages.Terms(dataset)], trained, backbone is null ? null : BackboneOf(backbone),
            cancel: Session.Cancel);

        Session.WhenStopped = $"What is done is kept in {state}; run the same command again to go on.";
        TinaLog lines = Log(training, test, path, log, arguments);
        TrainingOutcome outcome =
            training.Run(_run.Run(arguments, state, Session), lines, Session.Cancel);
        (double accuracy, double? unseen) = lines.Write();
        RunOptions.Finish(outcome, training.TotalSteps, state, Session);
        return new(
            path, OutputFile.Sha256(path), training.Parameters, outcome.Step, training.TotalSteps, outcome.IsComplete,
            accuracy, lines.Tasks, lines.ClassesOfTask, unseen, outcome.Elapsed.TotalSeconds, outcome.ResumedAt,
            Session.Warnings);
    }

    protected override void Print(TrainTinaDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(
            ("written", $"{document.Out}: {document.Parameters:N0} weights"),
            ("trained", $"{document.Steps:N0} steps"),
            ("accuracy", $"{Tables.Percent(document.Accuracy)} on {document.Tasks} tasks of "
                + $"{document.ClassesOfTask} classes"
                + (document.AccuracyOfUnseen is { } unseen ? $", {Tables.Percent(unseen)} of unseen classes" : "")),
            ("time", $"{document.Seconds:F0} s"));
    }

    /// <exception cref="ModelInputException">There is no start, or too much is said of it.</exception>
    private void CheckStart(ParseResult arguments)
    {
        bool goesOn = arguments.GetValue(_from) is not null;
        if (!goesOn && arguments.GetValue(_generic) is null)
            throw new ModelInputException("Say where to start: --generic F, or --from F to go on from a checkpoint.");
        foreach (Option option in new Option[] { _generic, _tokens, _ridge, _adapterRank })
            if (goesOn && arguments.GetResult(option) is { Implicit: false })
                throw new ModelInputException(
                    $"{option.Name} and --from do not go together; the checkpoint says where to start.");
    }

    /// <exception cref="ModelInputException">The file holds no classifier on a backbone.</exception>
    private static Backbone BackboneOf(string path) =>
        FittedClassifier.Load(path).Preprocessing is BackbonePreprocessing { Backbone: { } backbone }
            ? backbone
            : throw new ModelInputException($"{path} is no classifier on a backbone.");

    private TinaOptions Sizes(ParseResult arguments, TinaOptions? trained)
    {
        const int channelsOfHead = 64;
        TinaOptions sizes = trained ?? s_sizes with { Tokens = arguments.GetValue(_tokens) ?? s_sizes.Tokens };
        if (arguments.GetValue(_width) is int width)
            sizes = trained?.WithWidth(width) ?? sizes with
            {
                Width = width, Heads = width % channelsOfHead == 0 ? width / channelsOfHead : s_sizes.Heads,
            };
        return sizes with
        {
            Layers = arguments.GetValue(_layers) ?? sizes.Layers,
            Hidden = arguments.GetValue(_hidden) ?? sizes.Hidden,
            AdapterRank = arguments.GetValue(_adapterRank) ?? sizes.AdapterRank,
        };
    }

    private TinaTrainingOptions Training(ParseResult arguments) => s_defaults with
    {
        Objective = arguments.GetValue(_objective),
        Steps = arguments.GetValue(_steps) ?? s_defaults.Steps,
        Rate = arguments.GetValue(_rate) ?? s_defaults.Rate,
        BaseRate = arguments.GetValue(_baseRate) ?? s_defaults.BaseRate,
        Ridge = arguments.GetValue(_ridge),
        HoldOut = arguments.GetValue(_holdOut) ?? s_defaults.HoldOut,
        PromptNoise = arguments.GetValue(_promptNoise) ?? s_defaults.PromptNoise,
        ConditionNoise = arguments.GetValue(_conditionNoise) ?? s_defaults.ConditionNoise,
        WarmUp = arguments.GetValue(_warmUp) ?? s_defaults.WarmUp,
        Tasks = arguments.GetValue(_tasks) ?? s_defaults.Tasks,
        Images = arguments.GetValue(_images) ?? s_defaults.Images,
        MinClasses = arguments.GetValue(_minClasses) ?? s_defaults.MinClasses,
        MaxClasses = arguments.GetValue(_maxClasses) ?? s_defaults.MaxClasses,
    };

    private TinaLog Log(
        TinaPretraining training, ImageSet test, string path, string log, ParseResult arguments)
    {
        HashSet<string> learned = [.. training.Classes];
        ILookup<bool, int> places =
            Enumerable.Range(0, test.ClassNames.Count).ToLookup(c => learned.Contains(test.ClassNames[c]));
        return new TinaLog(
            training, test, Tasks([.. places[true]]), Tasks([.. places[false]]), path, log,
            arguments.GetValue(_logEvery) ?? 500, Session);

        int[][] Tasks(int[] classes)
        {
            int size = Math.Min(Math.Min(TaskSize, training.MostClasses), classes.Length);
            if (size < 2) return [];
            int count = size < classes.Length ? LogTasks : 1;
            return [.. TaskSampler.Draw(classes.Length, size, count, new Rng(0))
                .Select(task => task.Select(place => classes[place]).ToArray())];
        }
    }
}
