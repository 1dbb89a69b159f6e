using System.CommandLine;
using System.Text.Json;
using ML.TextToModel.Audits;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Zoos;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m audit</c>: whether a generator follows its prompt, or copies what it was trained on.</summary>
internal sealed class AuditCommand : Verb<AuditDocument>
{
    private const string About = "Examines a generator of image classifiers: does it follow its prompt, does it copy?";

    private const string Details =
        """
        It draws tasks of classes that the generator knows, in combinations that the zoo does not
        hold, and scores on test images what it generates for them, and for other texts in place
        of theirs, beside classifier selection. With a zoo also what memory alone could do, and
        how far generated parameters are from the nearest p-model against p-models among
        themselves: a ratio near 0 betrays copies, about 0.7 a mean of p-models.

        Examples:
          t2m audit tina.safetensors --generic generic.t2m --zoo zoo
          t2m audit t.safetensors --generic g.t2m --dataset drawn --tasks 20 --json
        """;

    private static readonly AuditOptions s_defaults = new();

    private readonly Argument<string> _checkpoint = new("checkpoint")
    {
        Description = "A generator of t2m train tina.", HelpName = "CHECKPOINT",
    };

    private readonly Option<string> _generic = new("--generic")
    {
        Description = "The classifier of all classes that it was trained from.", HelpName = "F", Required = true,
    };

    private readonly Option<string?> _zoo = new("--zoo")
    {
        Description = "A zoo of p-models of that classifier (t2m zoo build).", HelpName = "DIR",
    };

    private readonly Option<string> _dataset = new("--dataset", "-d")
    {
        Description = $"The images: {string.Join(", ", NamedImages.Names)} [default: cifar100].", HelpName = "NAME",
        DefaultValueFactory = _ => "cifar100",
    };

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "The npy file that the generator was trained with, if any.", HelpName = "F",
    };

    private readonly Option<int?> _tasks =
        Numbers.Option("--tasks", "N", $"Tasks [default: {s_defaults.Tasks}].", least: 1);

    private readonly Option<int?> _samplingSteps =
        Numbers.Option("--sampling-steps", "N", "Steps of denoising [default: 1].", least: 1);

    public AuditCommand(Session session) : base("audit", About, Details, session, ToolJson.Relaxed.AuditDocument)
    {
        Add(_checkpoint);
        foreach (Option option in new Option[] { _generic, _zoo, _dataset, _vectors, _tasks, _samplingSteps })
            Add(option);
    }

    protected override AuditDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        Session.WhenStopped = "An audit keeps nothing; run the same command again.";
        string path = arguments.GetValue(_checkpoint)!, dataset = arguments.GetValue(_dataset)!;
        Session.Progress.Show($"reading {dataset}");
        ImageSet test = NamedImages.Find(dataset, ImageSplit.Test).Value;
        TinaGenerator generator = TinaGenerator.Load(path, arguments.GetValue(_vectors));
        TinaGeneratorOptions sampling = new() { Steps = arguments.GetValue(_samplingSteps) ?? 1 };
        string? zoo = arguments.GetValue(_zoo);
        Audit audit = new(
            (classes, seed, cancel) => generator.Generate(classes, sampling with { Seed = seed }, cancel),
            generator.Classes, ModelFile.Load(arguments.GetValue(_generic)!), test,
            s_defaults with { Tasks = arguments.GetValue(_tasks) ?? s_defaults.Tasks, Seed = Session.Seed ?? 0 },
            zoo is null ? null : Zoo.Open(zoo).Sample(test.ClassNames));
        if (zoo is null)
            Session.Warn("Without --zoo the figures that need p-models are left out, and combinations of classes "
                + "that the generator learned from may be among the tasks.");
        AuditReport report = audit.Run(new Line(Session.Progress), Session.Cancel);
        foreach (string remark in report.Remarks) Session.Warn(remark);
        return new(
            path, OutputFile.Sha256(path), dataset, report.Tasks, report.TaskSize,
            [.. report.Accuracies.Select(row => new AuditFigures(
                JsonNamingPolicy.SnakeCaseLower.ConvertName($"{row.Method}"), row.Accuracy, row.Difference))],
            report.Noise, report.Zoo, AuditVerdict.Of(report), Session.Time.GetElapsedTime(start).TotalSeconds,
            Session.Warnings);
    }

    protected override void Print(AuditDocument document, IAnsiConsole console)
    {
        Table table = Tables.Numbers(
            $"{document.Tasks:N0} tasks of {document.TaskSize} classes, test images", "Parameters from", "Accuracy",
            "Difference");
        foreach (AuditFigures row in document.Accuracies)
        {
            table.Add([
                row.Method.Replace('_', ' '), Percent(row.Accuracy),
                $"{100 * row.Difference.Value:+0.0;-0.0;0.0} ± {100 * row.Difference.StandardError:F1}",
            ]);
        }
        console.Write(table);
        if (document.Zoo is { } zoo) Print(zoo, console);
        console.WritePairs(
            ("other noise", $"parameters differ by {100 * document.Noise.Distance.Value:G2} % of their length, "
                + $"{100 * document.Noise.LabelsChanged.Value:G2} % of the labels change"),
            ("verdict", document.Verdict));
    }

    private static void Print(ZooComparison zoo, IAnsiConsole console)
    {
        Table table = Tables.Numbers(
            $"Distance to the nearest of {zoo.PModels:N0} p-models, medians; in units of the tensors' size",
            "Parameters", "Generated", "Selected", "P-models", "Their lowest 5 %", "Below that", "Ratio");
        Add("shared tensors", zoo.Shared);
        if (zoo.Rows is { } rows) Add("class rows", rows);
        console.Write(table);
        ErrorOverlaps errors = zoo.Errors;
        console.WritePairs(
            ("common mistakes", $"with the nearest p-model by parameters {Percent(errors.NearestByParameters)}, "
                + $"by classes {Percent(errors.NearestByClasses)} of those that either makes"),
            ("to compare", $"classifier selection {Percent(errors.Selection)}, "
                + $"p-models among themselves {Percent(errors.AmongZoo)}"));

        void Add(string name, NearestDistances distances) => table.Add([
            name, .. new[] { distances.Generated, distances.Selection, distances.AmongZoo, distances.AmongZooLow }
                .Select(distance => Tables.Figure(distance)),
            Tables.Percent(distances.ShareBelowLow), $"{distances.Ratio:F2}",
        ]);
    }

    private static string Percent(SampleMean share) => $"{100 * share.Value:F1} ± {100 * share.StandardError:F1} %";

    /// <summary>Shows how far the audit is.</summary>
    private sealed class Line(ProgressLine line) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            if (line.IsDue) line.Show($"auditing  {value.Part}  {value.Done:N0} of {value.All:N0}");
        }
    }
}
