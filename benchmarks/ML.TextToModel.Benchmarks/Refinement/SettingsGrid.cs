using System.Globalization;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Refinement;

/// <summary>
/// The loss on held-out rows of the emitted network after a brief training, for every rate and decay of the grid, and
/// after its last layer was refitted.
/// </summary>
internal static class SettingsGrid
{
    private const int FewestRows = 200, MostRows = 20_000, QuickRows = 1_000, QuickTables = 4, Tables = 100;
    private const int Large = 2_000;   // rows from which a table counts as large in the second column
    private const double HeldOut = 0.3;
    private const ulong Seed = 0x5E77;

    private static readonly float[] s_rates = [2e-3f, 5e-3f, 1e-2f, 2e-2f, 4e-2f];
    private static readonly float[] s_decays = [0.01f, 0.1f, 0.5f, 2f];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        InContextGenerator generator = context.Options.Generator is { } file
            ? InContextGenerator.Load(file)
            : InContextGenerator.Shipped;
        TablePrior prior = new();
        Rng rng = new(Seed);
        Dictionary<string, List<(int Rows, double Loss)>> losses = [];
        int tables = context.Choose(QuickTables, Tables);
        for (int i = 0; i < tables; i++)
        {
            Rng own = rng.Split((ulong)i);
            int rows = own.LogUniformInt(FewestRows, context.Choose(QuickRows, MostRows));
            context.Log($"table {i + 1} of {tables}: {rows} rows");
            foreach ((string setting, double loss) in OfTable(generator, prior, own, rows, context.Cancel))
            {
                if (!losses.TryGetValue(setting, out var known)) losses.Add(setting, known = []);
                known.Add((rows, loss));
            }
        }
        foreach ((string setting, List<(int Rows, double Loss)> own) in losses)
        {
            double[] large = [.. own.Where(table => table.Rows >= Large).Select(table => table.Loss)];
            yield return new(
                setting, own.Average(table => table.Loss), "nats", Better: "lower", N: own.Count,
                Detail: large.Length == 0 ? null : string.Create(
                    CultureInfo.InvariantCulture, $"{large.Average():F4} on {large.Length} of {Large} rows or more"));
        }
    }

    private static IEnumerable<(string Setting, double Loss)> OfTable(
        InContextGenerator generator, TablePrior prior, Rng rng, int rows, CancellationToken cancel)
    {
        if (PreparedTable.Of(DrawnTable.Draw(prior, rng.Split("table"), rows), quantiles: false) is not { } table
            || HeldOutRows.Of(table, HeldOut, 1, rng.Split("parts")) is not { } heldOut)
            yield break;
        TableGeneratorOptions usual = new();
        EmittedCandidate emitted = new(
            (t, r) => (generator.Spec(t), generator.Emit(t, r)), usual.Members, usual.ContextRows);
        double alone = heldOut.Score(emitted, cancel).Loss;
        yield return ("in-context", alone);
        double Best(IEnumerable<Candidate> candidates) =>
            candidates.Select(candidate => heldOut.Score(candidate, cancel).Loss).Append(alone).Min();
        yield return ("last layer refitted", Best(RefittedCandidate.All(emitted)));
        foreach (float rate in s_rates)
            foreach (float decay in s_decays)
                yield return (
                    string.Create(CultureInfo.InvariantCulture, $"rate {rate:G}, decay {decay:G}"),
                    Best(TunedCandidate.Lengths(heldOut.KnownRows)
                        .Select(epochs => new TunedCandidate(emitted, epochs, rate, decay))));
    }
}
