using System.Diagnostics;
using System.Text.Json;
using ML.TextToModel.Cli.Output;

namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>What a command printed and returned.</summary>
internal sealed record Result(int Code, string Out, string Error)
{
    /// <summary>The only thing on standard output: a JSON document of that schema.</summary>
    public JsonElement Json(string schema)
    {
        Assert.EndsWith("\n", Out);
        JsonElement document = JsonDocument.Parse(Out).RootElement;
        Assert.True(schema == "error" || Code == ExitCodes.Done, Error);
        JsonSchema.AssertValid(schema, document);
        return document;
    }

    /// <summary>
    /// Asserts that the user's input was refused in these words, and nothing was printed as a result.
    /// </summary>
    public void AssertRefused(string message)
    {
        Assert.Equal((ExitCodes.InputWrong, ""), (Code, Out));
        Assert.StartsWith("error: ", Error);
        Assert.Contains(message, Error);
    }
}

/// <summary>Runs the tool, in this process or in one of its own.</summary>
internal static class T2m
{
    public static Result Run(params string[] arguments) => Run(TimeProvider.System, CancellationToken.None, arguments);

    public static Result Run(TimeProvider time, CancellationToken cancel, params string[] arguments) =>
        Run(time, _ => null, arguments, cancel);

    /// <summary>Runs it with a language model, or what else of its kind the environment names.</summary>
    public static Result RunWith(Func<string, string?> variable, params string[] arguments) =>
        Run(TimeProvider.System, variable, arguments, CancellationToken.None);

    private static Result Run(
        TimeProvider time, Func<string, string?> variable, string[] arguments, CancellationToken cancel)
    {
        StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = Tool.Run(arguments, new Session(output, error, cancel) { Time = time, Variable = variable });
        return new Result(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts the built tool.</summary>
    public static Process Start(TempFolder folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "t2m.dll"), .. arguments])
        {
            WorkingDirectory = folder.ToString(), UseShellExecute = false, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("T2M_DATA");
        start.Environment.Remove("T2M_LLM_ENDPOINT");
        start.Environment["XDG_DATA_HOME"] = folder.ToString();   // no data set can be found
        return Process.Start(start)!;
    }

    /// <summary>Runs the built tool to its end.</summary>
    public static Result RunProcess(TempFolder folder, params string[] arguments) => Finish(Start(folder, arguments));

    /// <summary>Waits for a process that was started here.</summary>
    public static Result Finish(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Result(process.ExitCode, output, error.Result);
        }
    }
}
