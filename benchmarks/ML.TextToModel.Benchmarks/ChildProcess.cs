using System.Diagnostics;

namespace ML.TextToModel.Benchmarks;

/// <summary>Runs other programs of the repository to their end.</summary>
internal static class ChildProcess
{
    /// <summary>The standard output of a peer's one-shot run, or null where it fails.</summary>
    public static string? Python(string script, CancellationToken cancel, params string[] arguments)
    {
        string path = Path.Combine(RepositoryFolder.Root, "benchmarks", "peers", script);
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        (int code, string output) = Run(python, [path, .. arguments], [], cancel);
        return code == 0 ? output : null;
    }

    /// <summary>Exit code and standard output; -1 where the program cannot be started.</summary>
    public static (int Code, string Output) Run(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment,
        CancellationToken cancel)
    {
        ProcessStartInfo start = new(program)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration kill = cancel.Register(() => process.Kill(entireProcessTree: true));
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancel.ThrowIfCancellationRequested();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
