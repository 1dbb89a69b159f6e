using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using ML.TextToModel.Cli.Output;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary>A verb: does its work, which gives a document, and prints that as JSON or for people.</summary>
internal abstract class Verb<TDocument> : Command, IExplained
{
    /// <param name="name">What the user types.</param>
    /// <param name="about">What it does, in a sentence.</param>
    /// <param name="details">What else its help says, with examples.</param>
    /// <param name="session">What it runs with.</param>
    /// <param name="json">How the document becomes JSON.</param>
    protected Verb(string name, string about, string details, Session session, JsonTypeInfo<TDocument> json)
        : base(name, about)
    {
        (Session, Explanation) = (session, details);
        SetAction(arguments =>
        {
            TDocument document = Run(arguments);
            session.Progress.Clear();
            if (session.Json) session.WriteJson(document, json);
            else Print(document, session.Tables());
            return ExitCode(document);
        });
    }

    public string Explanation { get; }

    protected Session Session { get; }

    protected abstract TDocument Run(ParseResult arguments);

    /// <summary>Whether the work was done, or found the input wrong.</summary>
    protected virtual int ExitCode(TDocument document) => ExitCodes.Done;

    protected abstract void Print(TDocument document, IAnsiConsole console);
}
