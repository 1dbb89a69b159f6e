using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ML.TextToModel.Cli.Commands;
using ML.TextToModel.Cli.Output;

namespace ML.TextToModel.Cli;

/// <summary>
/// The command line as a whole: parses it, runs the verb, and turns whatever goes wrong into an exit code.
/// </summary>
internal static class Tool
{
    private const string About =
        """
        Trains, scores and runs small classifiers.

        Every verb explains itself and gives examples, as in: t2m train generic --help
        Exit codes: 0 done, 2 the input is wrong, 1 a fault of t2m, 130 stopped by Ctrl-C.
        """;

    /// <summary>Runs one command line; never throws.</summary>
    public static int Run(string[] arguments, Session session)
    {
        var common = new CommonOptions();
        RootCommand root = Root(common, session);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        common.Read(parsed, arguments, session);
        try
        {
            if (parsed.Action is ParseErrorAction) throw new ModelInputException(UsageErrors.Describe(parsed));
            int code = parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = session.Out,
                Error = session.Error,
            });
            session.Out.Flush();
            return code;
        }
        catch (OperationCanceledException) when (session.Cancel.IsCancellationRequested)
        {
            return ReportStop(session);
        }
        catch (Exception e) when (e is ModelInputException or IOException or UnauthorizedAccessException)
        {
            return session.Fail(ExitCodes.InputWrong, e.Message);
        }
        catch (Exception e)
        {
            return session.Fail(
                ExitCodes.OurFault, $"This is a fault of t2m, not yours; please report it with these lines.\n{e}");
        }
    }

    /// <summary>Tells the user that the work was stopped, and how to go on.</summary>
    public static int ReportStop(Session session) => session.Fail(ExitCodes.Stopped, $"Stopped. {session.WhenStopped}");

    private static RootCommand Root(CommonOptions common, Session session)
    {
        var root = new RootCommand(About)
        {
            new Command("train", "Trains a model.")
            {
                new TrainGenericCommand(session),
                new TrainTabularCommand(session),
                new TrainHypernetworkCommand(session),
                new TrainTinaCommand(session),
                new TrainEncoderCommand(session),
            },
            new Command("zoo", "Makes collections of trained classifiers, from which generators learn.")
            {
                new ZooBuildCommand(session),
            },
            new Command("data", "Lists, fetches and checks known data sets.")
            {
                new DataListCommand(session),
                new DataGetCommand(session),
                new DataVerifyCommand(session),
            },
            new AuditCommand(session),
            new DescribeCommand(session),
            new GenerateCommand(session),
            new EvalCommand(session),
            new PredictCommand(session),
            new ExportCommand(session),
            new ShowCommand(session),
        };
        common.AddTo(root);
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new DetailedHelp();
        return root;
    }
}
