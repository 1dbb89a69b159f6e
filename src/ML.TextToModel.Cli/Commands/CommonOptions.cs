using System.CommandLine;
using ML.TextToModel.Cli.Output;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON document on standard output and nothing else.", Recursive = true,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Print neither progress nor remarks.", Recursive = true,
    };

    private readonly Option<ulong?> _seed =
        Numbers.Option<ulong>("--seed", "N", "Seed of all random choices [default: 0].", least: 0);

    public void AddTo(RootCommand root)
    {
        _seed.Recursive = true;
        root.Add(_json);
        root.Add(_seed);
        root.Add(_quiet);
    }

    public void Read(ParseResult parsed, string[] arguments, Session session)
    {
        // On a wrong command line the parser may not have come as far as --json.
        session.Json = parsed.GetValue(_json) || arguments.Contains("--json");
        session.Quiet = parsed.GetValue(_quiet);
        if (parsed.Errors.Count == 0) session.Seed = parsed.GetValue(_seed);
    }
}
