using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace ML.TextToModel.Cli.Output;

/// <summary>What a verb runs with: where it writes, how it is stopped, and the options that every verb has.</summary>
internal sealed class Session(TextWriter output, TextWriter error, CancellationToken cancel)
{
    private readonly List<string> _warnings = [];
    private readonly Lock _ending = new();
    private bool _failed;
    private ProgressLine? _progress;

    /// <summary>Standard output: results.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Standard error: everything else.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancel { get; } = cancel;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Looks up a variable of the environment that names a language model.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether somebody watches standard error.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>One JSON document on standard output, and nothing else.</summary>
    public bool Json { get; set; }

    /// <summary>Neither progress nor remarks.</summary>
    public bool Quiet { get; set; }

    public ulong? Seed { get; set; }

    /// <summary>What is kept of the work so far and how to go on, should the user stop it now.</summary>
    public string WhenStopped { get; set; } = "Nothing was written; run the same command again.";

    /// <summary>Remarks made so far, for the JSON document.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public ProgressLine Progress => _progress ??= new ProgressLine(Error, Time) { IsShown = ErrorIsTerminal && !Quiet };

    /// <summary>Tells the user something that is no error.</summary>
    public void Warn(string warning)
    {
        _warnings.Add(warning);
        if (Quiet) return;
        Progress.Clear();
        Error.WriteLine($"note: {warning}");
    }

    /// <summary>
    /// Says why there is no result; in JSON too, so that standard output holds a document in any case.
    /// </summary>
    public int Fail(int exitCode, string message)
    {
        // The work may end by itself just while it is being ended; only one of them has the last word.
        using Lock.Scope _ = _ending.EnterScope();
        if (_failed) return exitCode;
        _failed = true;
        Progress.Clear();
        Error.WriteLine(exitCode == ExitCodes.Stopped ? message : $"error: {message}");
        Error.Flush();
        if (Json) WriteJson(new ErrorDocument(message, exitCode), ToolJson.Relaxed.ErrorDocument);
        Out.Flush();
        return exitCode;
    }

    public void WriteJson<T>(T document, JsonTypeInfo<T> type) =>
        Out.WriteLine(JsonSerializer.Serialize(document, type));

    /// <summary>Writes tables to standard output, with colours where that is a terminal.</summary>
    public IAnsiConsole Tables()
    {
        const int fileWidth = 120;
        var target = new AnsiConsoleOutput(Out);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target, Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (!target.IsTerminal) console.Profile.Width = fileWidth;
        return console;
    }
}
