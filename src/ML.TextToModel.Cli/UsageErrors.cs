using System.CommandLine;
using System.CommandLine.Parsing;

namespace ML.TextToModel.Cli;

/// <summary>Puts into words what is wrong with a command line.</summary>
internal static class UsageErrors
{
    public static string Describe(ParseResult parsed)
    {
        string[] verbs = [.. parsed.CommandResult.Command.Subcommands.Select(verb => verb.Name)];
        string path = Path(parsed.CommandResult);
        return $"{What()} See {path} --help.";

        string What()
        {
            if (parsed.UnmatchedTokens is [string unknown, ..])
            {
                if (unknown.StartsWith('-'))
                    return $"{path} has no option {unknown}.{Nearest.Hint(unknown, OptionNames(parsed.CommandResult))}";
                return verbs.Length > 0
                    ? $"{path} has no verb '{unknown}'.{Nearest.Hint(unknown, verbs)}"
                    : $"'{unknown}' is one argument too many.";
            }
            return verbs.Length > 0
                ? $"{path} wants one of its verbs: {string.Join(", ", verbs)}."
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
