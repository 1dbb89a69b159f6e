using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Requirements;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m describe</c>: prints the requirement of what the user has.</summary>
internal sealed class DescribeCommand : Verb<DescribeDocument>
{
    private const string About = "Says what the task is: the requirement of data, of a sentence, or of both.";

    private const string Details =
        """
        Finds out what is classified, which column holds the classes, which classes there are, and
        what the data are like; warns of columns that give the label away. --out writes the
        requirement as JSON to be edited; t2m generate --requirement F goes by it.

        All of it on this machine, unless T2M_LLM_ENDPOINT and T2M_LLM_MODEL name a language model
        (and T2M_LLM_KEY its key): then facts and samples go there, e-mail addresses, phone and
        card numbers taken out. --show-prompt prints what would go there, and sends nothing.

        Examples:
          t2m describe iris.csv
          t2m describe adult.data --no-header --columns age,workclass,… --label 15
          t2m describe photos --task "Which of my pets is it?"
          t2m describe --task "classify tickets into billing, bug, feature request" --json
          t2m describe iris.csv --show-prompt
          t2m describe iris.csv --max-parameters 1000 --out iris.requirement.json
        """;

    private readonly Argument<string?> _data = new("DATA")
    {
        Description = "A table, a folder or zip of images, or a known data set.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = "The task in your own words.", HelpName = "T",
    };

    private readonly Option<string?> _requirement = new("--requirement")
    {
        Description = "An edited requirement, whose word counts more than what is found.", HelpName = "F",
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Write the requirement to this file, as JSON.", HelpName = "F",
    };

    private readonly Option<bool> _showPrompt = new("--show-prompt")
    {
        Description = "Print what would be sent to a language model; send nothing.",
    };

    private readonly DataOptions _options;
    private readonly BudgetOptions _budget;

    public DescribeCommand(Session session)
        : base("describe", About, Details, session, ToolJson.Relaxed.DescribeDocument)
    {
        Add(_data);
        foreach (Option option in new Option[] { _task, _requirement, _out, _showPrompt }) Add(option);
        _budget = new BudgetOptions(this);
        _options = new DataOptions(this, labelled: true, records: false);
    }

    protected override DescribeDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        string? data = arguments.GetValue(_data), file = arguments.GetValue(_requirement);
        string? task = arguments.GetValue(_task), path = arguments.GetValue(_out);
        if (data is null && task is null && file is null)
            throw new ModelInputException("Say what to describe: DATA, --task T, or --requirement F.");
        if (path is not null) OutputFile.Check(path, data is null ? [] : [data]);
        TaskInput input = RequirementInputs.With(
            new() { Description = task, Budget = _budget.Read(arguments) }, data, _options.Read(arguments));
        bool shows = arguments.GetValue(_showPrompt);
        if (shows && data is null && task is null)
            throw new ModelInputException("Nothing would be sent for --requirement alone; give DATA or --task T.");
        TaskRequirement requirement = RequirementMaker.Make(
            input, file is null ? null : RequirementInputs.Edited(file), Session, ask: !shows);
        foreach (string remark in requirement.Remarks) Session.Warn(remark);
        if (path is not null) RequirementJson.Save(path, requirement);
        (string? choice, string? why) = Choice(requirement);
        return new(
            RequirementJson.ToElement(requirement), path, choice, why,
            shows ? LanguageModel.Prompt(input, Session) : null, Session.Time.GetElapsedTime(start).TotalSeconds,
            Session.Warnings);
    }

    /// <summary>What would be generated, or else why nothing would.</summary>
    private static (string? Choice, string? Why) Choice(TaskRequirement requirement)
    {
        try
        {
            return (RequirementMaker.Selector.Select(requirement).Explanation, null);
        }
        catch (ModelInputException none)
        {
            return (null, none.Message);
        }
    }

    protected override void Print(DescribeDocument document, IAnsiConsole console)
    {
        if (document.Prompt is not null)
        {
            Session.Out.WriteLine(document.Prompt);
            return;
        }
        TaskRequirement requirement = RequirementJson.Read(document.Requirement.GetRawText());
        console.WritePairs(
        [
            ("task", requirement.Sentence),
            ("modality", With(requirement, RequirementFields.Modality, $"{requirement.Modality}")),
            .. Line(requirement.Label, "label", RequirementFields.Label),
            .. Line(
                requirement.Classes.Count == 0
                    ? null
                    : $"{requirement.Classes.Count}: {Tables.Some([.. requirement.Classes.Select(one => one.Name)])}",
                "classes", RequirementFields.Classes),
            .. Line(
                requirement.Inputs.Texts.Count == 0 ? null : string.Join(" and ", requirement.Inputs.Texts),
                requirement.Inputs.Texts.Count == 2 ? "pair of texts" : "text", RequirementFields.Inputs),
            .. document.Choice is null && document.WhyNoChoice is null
                ? Array.Empty<(string, string)>()
                : [("model", document.Choice ?? document.WhyNoChoice!)],
            .. document.Out is null ? Array.Empty<(string, string)>() : [("written", document.Out)],
        ]);

        (string, string)[] Line(string? value, string name, string field) =>
            value is null ? [] : [(name, With(requirement, field, value))];
    }

    private static string With(TaskRequirement requirement, string field, string value) =>
        requirement.OriginOf(field) is { } origin
            ? $"{value} ({Source(origin.Source)}{(origin.Confidence < 1 ? $", {origin.Confidence:P0} sure" : "")})"
            : value;

    private static string Source(RequirementSource source) => source switch
    {
        RequirementSource.User => "as you say",
        RequirementSource.Data => "counted",
        RequirementSource.Llm => "the language model says",
        _ => "concluded",
    };
}
