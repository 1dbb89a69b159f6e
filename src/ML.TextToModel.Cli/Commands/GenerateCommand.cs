using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using Spectre.Console;
using Table = ML.TextToModel.Datasets.Table;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m generate</c>: makes a classifier of a labelled table, or of class texts.</summary>
internal sealed class GenerateCommand : Verb<GenerateDocument>
{
    private const int DefaultImages = 5;

    private const string About =
        "Makes a fitted classifier in one pass of a trained generator: of rows, texts or images.";

    private const string Details =
        """
        With --data and --label: a classifier of the table's rows. What was tried beside the
        generated network, and how it did on rows held out for that, is in the card:
        t2m show OUT. Nothing is tried with --no-refine.

        A table of one text column or two beside the label becomes a classifier of texts, by
        vectors of their words; with --task too where it has other columns.

        With --classes or --classes-file: a classifier of 32 x 32 images of these classes; no
        data is needed. A class that the generator never saw is served with a remark.

        With --images: a classifier of the classes whose example images lie in a folder each.
        Together with --classes or --classes-file both count, the text and the images; a class
        without a folder has its text alone.

        With --task, --requirement or a limit: the requirement is made first, as t2m describe does;
        it finds label and classes, and decides what is generated. The card keeps it. Of a table
        without labels, or of its columns alone where the requirement says in which range their
        numbers lie, a network is made from the requirement; expect little of it for other tables
        than those that its generator learned. --generator hypernetwork does so even where rows
        have labels. --classes names the classes of rows without labels.

        Examples:
          t2m generate --data iris.csv --label species -o iris.t2m
          t2m generate --data iris.csv --label 5 --no-header --no-refine -o iris.t2m
          t2m generate --classes bear,bicycle,bus,castle -o things.t2m
          t2m generate --classes-file classes.txt -o things.t2m
          t2m generate --images examples -o things.t2m
          t2m generate --task "tell bears from bicycles and castles in photos" -o things.t2m
          t2m generate --data iris.csv --requirement iris.requirement.json --max-parameters 500 -o iris.t2m
          t2m generate --data unlabelled.csv --classes setosa,versicolor,virginica -o iris.t2m
          t2m generate --task "Is this review positive or negative?" -o reviews.t2m
        """;

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The table: CSV, TSV, ARFF or JSON.", HelpName = "F",
    };

    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "The names of the classes, in order; of images, unless there is --data.", HelpName = "a,b,…",
    };

    private readonly Option<string?> _classesFile = new("--classes-file")
    {
        Description = "A file with these classes, one a line, and tab and description where there is one.",
        HelpName = "F",
    };

    private readonly Option<string?> _images = new("--images")
    {
        Description = "A folder or zip with a folder of example images, PNG or JPEG, for each class.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _perClass = Numbers.Option(
        "--images-per-class", "N", "The most images of a class that count, the first by name [default: 5].", least: 1);

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "With --generator for class texts: the npy file that it was trained with.", HelpName = "F",
    };

    private readonly Option<int?> _samplingSteps = Numbers.Option(
        "--sampling-steps", "N", "With class texts: steps of denoising [default: 1].", least: 1);

    private readonly Option<string?> _task = new("--task")
    {
        Description = "What the classifier is to tell, in a sentence; its card keeps it.", HelpName = "T",
    };

    private readonly Option<string?> _requirement = new("--requirement")
    {
        Description = "A requirement that t2m describe wrote and you edited.", HelpName = "F",
    };

    private readonly Option<string?> _generator = new("--generator")
    {
        Description = "A checkpoint of t2m train tabular, hypernetwork or, with class texts, tina, or the word "
            + "hypernetwork for the one that ships [default: what ships and fits].",
        HelpName = "F",
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
    private readonly BudgetOptions _limits;

    public GenerateCommand(Session session)
        : base("generate", About, Details, session, ToolJson.Relaxed.GenerateDocument)
    {
        foreach (Option option in new Option[]
        {
            _data, _classes, _classesFile, _images, _perClass, _task, _requirement, _generator, _vectors, _out,
            _noRefine, _quantiles, _budget, _samplingSteps,
        }) Add(option);
        _limits = new BudgetOptions(this);
        _options = new DataOptions(this, labelled: true, records: false);
    }

    protected override GenerateDocument Run(ParseResult arguments)
    {
        string[] given = [.. new[] { _data, _classes, _classesFile, _images }
            .Where(option => arguments.GetValue(option) is not null).Select(option => option.Name)];
        bool together = given is [_] or ["--classes" or "--classes-file", "--images"]
            or ["--data", "--classes" or "--classes-file"];
        if (given.Length > 0 && !together)
            throw new ModelInputException($"{string.Join(" and ", given)} do not go together; give one of them.");
        GenerationPlan? plan = MakePlan(arguments);
        if (given.Length == 0 && plan is null)
            throw new ModelInputException(
                "Say what to make a classifier of: --data F --label COL for a table, --classes a,b,…, "
                + "--classes-file F or --images DIR for images, or --task T.");
        return plan?.Choice.Generator switch
        {
            GeneratorKind.Hypernetwork => OfRequirement(arguments, plan),
            GeneratorKind.ClassTexts => OfClassTexts(arguments, plan),
            GeneratorKind.InContext or GeneratorKind.Linear => OfTable(arguments, plan),
            null when given is ["--data"] => OfTable(arguments, plan),
            _ => OfClasses(arguments, plan),
        };
    }

    /// <summary>The plan where the user asks for one, by a task, a requirement or a limit; else null.</summary>
    private GenerationPlan? MakePlan(ParseResult arguments)
    {
        string? file = arguments.GetValue(_requirement), task = arguments.GetValue(_task);
        string? list = arguments.GetValue(_classes), classes = arguments.GetValue(_classesFile);
        string? data = arguments.GetValue(_data);
        ModelBudget limits = _limits.Read(arguments);
        bool labels = !HypernetworkFile.IsNamed(arguments.GetValue(_generator));
        bool described = file is not null || task is not null || limits != new ModelBudget()
            || data is not null && (list ?? classes) is not null;
        if (!described && labels) return null;
        TaskInput input = new()
        {
            Description = task, Budget = limits,
            Classes = RequirementInputs.Classes(list, classes),
            Images = arguments.GetValue(_images) is { } images ? ImageData.Of(images) : null,
        };
        GenerationPlan plan = GenerationPlan.Make(input, file, data, _options.Read(arguments), Session, labels);
        if (!labels && plan.Choice.Generator != GeneratorKind.Hypernetwork)
            throw new ModelInputException(
                "A requirement hypernetwork (--generator) makes classifiers of tables; say which one by --data F, or "
                + "by --requirement F.");
        return plan;
    }

    private GenerateDocument OfClasses(ParseResult arguments, GenerationPlan? plan)
    {
        long start = Session.Time.GetTimestamp();
        string path = arguments.GetValue(_out)!;
        string? file = arguments.GetValue(_classesFile), checkpoint = arguments.GetValue(_generator);
        string? list = arguments.GetValue(_classes), images = arguments.GetValue(_images);
        OutputFile.Check(path, file is null ? [] : [file]);
        TinaGenerator generator = checkpoint is null
            ? TinaGenerator.Shipped
            : TinaGenerator.Load(checkpoint, arguments.GetValue(_vectors));
        IReadOnlyList<ClassText>? texts = plan is not null && (images is null || file is not null || list is not null)
            ? generator.TextsOf(plan.Requirement)
            : file is not null ? ClassTexts.Read(file)
            : list is not null ? ClassTexts.Split(list)
            : null;
        IReadOnlyList<ClassPrompt> classes = images is null
            ? [.. texts!.Select(ClassPrompt.Of)]
            : ClassImages.Read(images, texts, arguments.GetValue(_perClass) ?? DefaultImages, Session.Warn);
        TimeSpan read = Session.Time.GetElapsedTime(start);
        FittedClassifier classifier = generator.Generate(
            classes, new() { Seed = Session.Seed ?? 0, Steps = arguments.GetValue(_samplingSteps) ?? 1 },
            Session.Cancel);
        return Finish(path, classifier, plan, rows: 0, read, start);
    }

    private GenerateDocument OfRequirement(ParseResult arguments, GenerationPlan plan)
    {
        long start = Session.Time.GetTimestamp();
        string path = arguments.GetValue(_out)!;
        TableGeneration? rows = Rows(arguments);
        OutputFile.Check(path, rows is null ? [] : [rows.Data]);
        Table? table = rows?.Load(plan);
        TimeSpan read = Session.Time.GetElapsedTime(start);
        HypernetworkGenerator generator = HypernetworkFile.Load(arguments.GetValue(_generator));
        FittedClassifier classifier = table is null
            ? generator.Generate(plan.Requirement)
            : generator.Generate(plan.Requirement, RawRows.From(table));
        return Finish(path, classifier, plan, table?.RowCount ?? 0, read, start);
    }

    private GenerateDocument OfClassTexts(ParseResult arguments, GenerationPlan plan)
    {
        long start = Session.Time.GetTimestamp();
        string path = arguments.GetValue(_out)!;
        OutputFile.Check(path, arguments.GetValue(_data) is { } data ? [data] : []);
        if (arguments.GetValue(_generator) is { } file)
            throw new ModelInputException(
                $"Texts without labels are told apart by likeness alone; --generator {file} has no part in it.");
        FittedClassifier classifier = new TextGenerator().Generate(
            [.. plan.Requirement.Classes.Select(one => new ClassText(one.Name, one.Description))]);
        return Finish(path, classifier, plan, rows: 0, TimeSpan.Zero, start);
    }

    private GenerateDocument OfTable(ParseResult arguments, GenerationPlan? plan)
    {
        long start = Session.Time.GetTimestamp();
        string path = arguments.GetValue(_out)!;
        TableGeneration table = Rows(arguments)!;
        OutputFile.Check(path, table.Data);
        (FittedClassifier classifier, int rows, TimeSpan read) = table.Generate(plan);
        return Finish(path, classifier, plan, rows, read, start);
    }

    /// <summary>The table that the user names; null for none.</summary>
    private TableGeneration? Rows(ParseResult arguments) => arguments.GetValue(_data) is not { } data ? null : new()
    {
        Session = Session, Data = data, Options = _options.Read(arguments).Table,
        Checkpoint = arguments.GetValue(_generator), Refines = !arguments.GetValue(_noRefine),
        Quantiles = arguments.GetValue(_quantiles),
        Budget = arguments.GetValue(_budget) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    /// <summary>Saves the classifier, with the requirement in its card.</summary>
    private GenerateDocument Finish(
        string path, FittedClassifier classifier, GenerationPlan? plan, int rows, TimeSpan read, long start)
    {
        classifier = plan?.Finished(classifier) ?? classifier;
        foreach (string note in classifier.Card.Notes) Session.Warn(note);
        classifier.Save(path);
        return Document(path, classifier, plan, rows, read, Session.Time.GetElapsedTime(start));
    }

    private GenerateDocument Document(
        string path, FittedClassifier classifier, GenerationPlan? plan, int rows, TimeSpan read, TimeSpan total) => new(
            path, OutputFile.Sha256(path), classifier.Card.Generator, classifier.Classes, classifier.Spec,
            classifier.Spec.Layout.Count, rows, plan is null ? null : RequirementJson.ToElement(plan.Requirement),
            plan?.Choice.Explanation, classifier.Card.Candidates,
            new(read.TotalSeconds, (total - read).TotalSeconds, total.TotalSeconds), Session.Warnings);

    protected override void Print(GenerateDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        string chosen = document.Candidates.FirstOrDefault(candidate => candidate.Chosen) is { } best
            ? $"{best.Name}, of {document.Candidates.Count} candidates"
            : "the generated network";
        console.WritePairs(
        [
            .. document.Requirement is { } requirement
                ? [("task", requirement.GetProperty("sentence").GetString()!), ("planned", document.Choice!)]
                : Array.Empty<(string, string)>(),
            ("written", $"{document.Model}: {document.Spec}, {document.Parameters:N0} parameters"),
            ("classes", $"{document.Classes.Count}: {Tables.Some(document.Classes)}"),
            ("made of", document.Rows > 0 ? $"{document.Rows:N0} rows" : "what is said of its classes and inputs"),
            ("chosen", chosen),
            ("time", $"{document.Seconds.Total:F2} s (reading {document.Seconds.Read:F2})"),
        ]);
    }
}
