using System.Diagnostics.CodeAnalysis;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Benchmarks;

/// <summary>What the user asked for on the command line.</summary>
/// <param name="Suite">The suite to run.</param>
/// <param name="Quick">Ends within a minute, with fewer tasks and repeats than the protocol.</param>
/// <param name="Json">Prints one JSON document in place of a table.</param>
/// <param name="Only">Runs only the check of this name or, if there is none, those whose name contains it.</param>
/// <param name="DataRoot">Data of the usual layout, in place of T2M_DATA.</param>
/// <param name="Artifacts">
/// Keeps models, predictions and intermediate results here; a full run resumes from them.
/// </param>
/// <param name="Generator">A checkpoint in place of the shipped one.</param>
/// <param name="Splits">The splits of the tables: read where they are, else written.</param>
/// <param name="Tables">Only these tables.</param>
/// <param name="Rounds">Splits of each table, in place of the protocol's number.</param>
internal sealed record BenchmarkOptions(
    BenchmarkSuite Suite, bool Quick, bool Json, string? Only, string? DataRoot, string? Artifacts,
    string? Generator = null, string? Splits = null, IReadOnlyList<string>? Tables = null, int? Rounds = null)
{
    /// <summary>The checks to run: those of exactly the name that is asked for, or all that contain it.</summary>
    public IEnumerable<BenchmarkCheck> Checks
    {
        get
        {
            if (Only is null) return Suite.Checks;
            BenchmarkCheck[] some =
                [.. Suite.Checks.Where(check => check.Name.Contains(Only, StringComparison.OrdinalIgnoreCase))];
            BenchmarkCheck? exact =
                some.FirstOrDefault(check => check.Name.Equals(Only, StringComparison.OrdinalIgnoreCase));
            return exact is null ? some : [exact];
        }
    }

    public static bool TryParse(
        string[] args, IReadOnlyList<BenchmarkSuite> suites, [NotNullWhen(true)] out BenchmarkOptions? options,
        [NotNullWhen(false)] out string? complaint)
    {
        options = null;
        complaint = null;
        if (args.Length == 0 || suites.FirstOrDefault(s => s.Name == args[0]) is not { } suite)
        {
            complaint = args.Length == 0 ? "Name a suite." : $"There is no suite '{args[0]}'.";
            return false;
        }
        BenchmarkOptions parsed = new(suite, false, false, null, null, null);
        for (int i = 1; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick": parsed = parsed with { Quick = true }; continue;
                case "--json": parsed = parsed with { Json = true }; continue;
                case "--only" when value is not null: parsed = parsed with { Only = value }; break;
                case "--data-root" when value is not null: parsed = parsed with { DataRoot = value }; break;
                case "--artifacts" when value is not null: parsed = parsed with { Artifacts = value }; break;
                case "--generator" when value is not null: parsed = parsed with { Generator = value }; break;
                case "--splits" when value is not null: parsed = parsed with { Splits = value }; break;
                case "--tables" when value?.Split(',') is { } tables && tables.All(IsTable):
                    parsed = parsed with { Tables = tables };
                    break;
                case "--rounds" when int.TryParse(value, out int rounds) && rounds > 0:
                    parsed = parsed with { Rounds = rounds };
                    break;
                default:
                    complaint = $"'{args[i]}' is unknown, or its value is missing or none of those allowed.";
                    return false;
            }
            i++;
        }
        options = parsed;
        return true;
    }

    private static bool IsTable(string name) => UciTables.All.Any(table => table.Name == name);

    public static string Usage(IReadOnlyList<BenchmarkSuite> suites) =>
        $"""
        usage: bench SUITE [--quick] [--json] [--only TEXT] [--data-root DIR] [--artifacts DIR]
                           [--generator F] [--splits DIR] [--tables a,b,…] [--rounds N]

        suites:
        {string.Join('\n', suites.Select(s => $"  {s.Name,-10} {s.Description}"))}

          --quick          within a minute; fewer tasks and repeats than the protocol, so no verdicts that need them
          --json           one JSON document on standard output
          --only TEXT      only the check TEXT or, if there is none, those whose name contains it
          --data-root DIR  data sets of the usual layout; else the environment variable T2M_DATA
          --artifacts DIR  keeps models, predictions and intermediate results; a full run resumes from them
          --generator F    a checkpoint in place of the one that ships with the library
          --splits DIR     reads the splits of the tables, or writes them where there are none; CSV: row,part
          --tables a,b,…   only these tables, so no verdicts that need them all
          --rounds N       so many splits of each table, so no verdicts that need all
        """;
}
