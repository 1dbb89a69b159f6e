using System.CommandLine;
using System.CommandLine.Parsing;

namespace ML.TextToModel.Cli;

/// <summary>Puts into words what is wrong with a command line.</summary>
internal static class UsageErrors
{
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = Path(parsed.CommandResult);
        return $"{What()} See {path} --help.";

        string What()
        {
            if (parsed.UnmatchedTokens is [string unknown, ..])
            {
                if (unknown.StartsWith('-'))
                    return $"{path} has no option {unknown}.{Nearest.Hint(unknown, OptionNames(parsed.CommandResult))}";
                return command.Subcommands.Count > 0
                    ? $"{path} has no verb '{unknown}'.{Nearest.Hint(unknown, command.Subcommands.Select(verb => verb.Name))}"
                    : $"'{unknown}' is one argument too many.";
            }
            return command.Subcommands.Count > 0
                ? $"{path} wants one of its verbs: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}."
                : string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        }
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "t2m";

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        for (CommandResult? level = result; level is not null; level = level.Parent as CommandResult)
            foreach (Option option in level.Command.Options)
                if (level == result || option.Recursive) yield return option.Name;
    }
}
