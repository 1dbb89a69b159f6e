using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Benchmarks;

/// <summary>Runs the checks of a suite and prints their rows.</summary>
internal static class BenchmarkRunner
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static int Run(BenchmarkOptions options, CancellationToken cancel)
    {
        if (options.DataRoot is not null)
            Environment.SetEnvironmentVariable(KnownDatasets.RootVariable, options.DataRoot);
        Stopwatch clock = Stopwatch.StartNew();
        BenchmarkContext context = new(
            options, message => Console.Error.WriteLine($"[{clock.Elapsed:mm\\:ss}] {message}"), cancel);
        List<BenchmarkRow> rows = [];
        foreach (BenchmarkCheck check in options.Checks)
        {
            context.Log(check.Name);
            try
            {
                foreach (BenchmarkRow row in check.Run(context))
                {
                    rows.Add(row);
                    if (!options.Json && !row.InTable) Console.WriteLine(Line(row));
                    cancel.ThrowIfCancellationRequested();
                }
            }
            catch (OperationCanceledException)
            {
                context.Log("stopped; the rows so far stand above.");
                break;
            }
        }
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(
                new { name = options.Suite.Name, quick = options.Quick, machine = Machine.Describe(), rows }, s_json));
        else
            Console.WriteLine($"{Machine.Describe()}; {clock.Elapsed.TotalSeconds:F0} s");
        return rows.Any(row => row.Pass == false) ? 1 : 0;
    }

    private static string Line(BenchmarkRow row)
    {
        string verdict = row.Pass switch { true => "ok  ", false => "MISS", null => "    " };
        string target = row.Target is null ? "" : $" ({(row.Better == "higher" ? "≥" : "≤")} {Number(row.Target)})";
        string error = row.Stderr is null ? "" : $" ± {Number(row.Stderr)}";
        return $"{verdict} {row.Check,-58} {Number(row.Value),9}{error} {row.Unit}{target}  {row.Detail}";
    }

    private static string Number(double? value) => value switch
    {
        null => "–",
        { } v when Math.Abs(v) >= 1000 => v.ToString("N0", CultureInfo.InvariantCulture),
        { } v => v.ToString("G4", CultureInfo.InvariantCulture),
    };
}
