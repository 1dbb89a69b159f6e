using System.ComponentModel;
using System.Diagnostics;

namespace ML.TextToModel.Tests;

/// <summary>Runs Python programs, where there is a Python that has what they need.</summary>
internal static class Python
{
    private static readonly string[] s_programs = ["/usr/bin/python3", "python3"];
    private static readonly Dictionary<string, string?> s_found = [];

    /// <summary>Whether a module can be imported.</summary>
    public static bool Has(string module)
    {
        lock (s_found)
        {
            if (!s_found.TryGetValue(module, out string? program))
            {
                program = s_programs.FirstOrDefault(p => Start(p, "-c", $"import {module}").ExitCode == 0);
                s_found.Add(module, program);
            }
            return program is not null;
        }
    }

    /// <summary>The standard output of a script; asserts that it ends well.</summary>
    public static byte[] Run(string script, params string[] arguments)
    {
        string program = s_found.Values.OfType<string>().First();
        (int exitCode, byte[] output, string error) = Start(program, [script, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, byte[] Output, string Error) Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (process.ExitCode, output.ToArray(), error.Result);
        }
        catch (Win32Exception e)   // there is no such program
        {
            return (-1, [], e.Message);
        }
    }
}
