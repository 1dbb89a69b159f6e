using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ML.TextToModel.Cli;

/// <summary>A command whose own help says more than the list of commands does.</summary>
internal interface IExplained
{
    /// <summary>The last part of the help.</summary>
    string Explanation { get; }
}

/// <summary>The usual help, followed by the details and examples of the command.</summary>
internal sealed class DetailedHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IExplained command)
            parseResult.InvocationConfiguration.Output.WriteLine(command.Explanation + "\n");
        return code;
    }
}
