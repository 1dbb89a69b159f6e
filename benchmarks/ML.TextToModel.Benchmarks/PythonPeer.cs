using System.Diagnostics;
using System.Text.Json;

namespace ML.TextToModel.Benchmarks;

/// <summary>
/// A peer that stays up and answers requests, so that its runs alternate with ours on a noisy machine
/// (benchmarks/peers/README.md).
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    private PythonPeer(Process process) => _process = process;

    /// <summary>Starts <c>benchmarks/peers/SCRIPT --serve</c>.</summary>
    /// <returns>null, and why, where the peer cannot run here.</returns>
    public static PythonPeer? Start(string script, out string? why, params string[] arguments)
    {
        ProcessStartInfo start = new(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3")
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(RepositoryFolder.Root, "benchmarks", "peers", script));
        start.ArgumentList.Add("--serve");
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        PythonPeer peer;
        try
        {
            peer = new PythonPeer(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            why = $"python3 cannot be started: {e.Message}";
            return null;
        }
        peer._process.ErrorDataReceived += static (_, _) => { };
        peer._process.BeginErrorReadLine();
        if (peer.Ask(new { run = "info" }) is { } info && !info.TryGetProperty("error", out _))
        {
            why = null;
            peer.Info = info;
            return peer;
        }
        peer.Dispose();
        why = $"the peer {script} does not run here; see benchmarks/peers/README.md";
        return null;
    }

    /// <summary>The machine and the libraries, as the peer sees them.</summary>
    public JsonElement Info { get; private set; }

    /// <summary>The kernels that OpenBLAS chose, where it is in use.</summary>
    public string Core => Info.TryGetProperty("openblas", out JsonElement blas)
        ? blas.GetProperty("core").GetString()!
        : "no OpenBLAS";

    /// <summary>Seconds of one run, the median of <paramref name="repeats"/>.</summary>
    /// <exception cref="InvalidOperationException">The peer answered with an error, or not at all.</exception>
    public double Seconds(string run, int threads, int repeats) =>
        Run(new { run, threads, repeats }).GetProperty("seconds").GetDouble();

    /// <summary>The reply to a request, an object with a property <c>run</c>.</summary>
    /// <exception cref="InvalidOperationException">The peer answered with an error, or not at all.</exception>
    public JsonElement Run(object request)
    {
        JsonElement reply = Ask(request) ?? throw new InvalidOperationException("The peer ended.");
        return reply.TryGetProperty("error", out JsonElement error)
            ? throw new InvalidOperationException($"The peer answered: {error}")
            : reply;
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
        _process.Dispose();
    }

    private JsonElement? Ask(object request)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            _process.StandardInput.Flush();
            return _process.StandardOutput.ReadLine() is { } line ? JsonDocument.Parse(line).RootElement : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
