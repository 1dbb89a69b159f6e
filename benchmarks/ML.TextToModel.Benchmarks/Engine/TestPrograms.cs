using System.Globalization;
using System.Text.RegularExpressions;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// Runs the tests of the tensor engine at every kernel level, and the fuzz program over every reader.
/// </summary>
internal static partial class TestPrograms
{
    private const int MatchMilliseconds = 1000;

    // The runtime's own switches, on x64 with .NET 10.
    private static readonly (string Level, string? Switch)[] s_levels =
    [
        ("as is", null), ("256 bits", "DOTNET_EnableAVX512"), ("128 bits", "DOTNET_EnableAVX2"),
        ("scalar", "DOTNET_EnableHWIntrinsic"),
    ];

    public static IEnumerable<BenchmarkRow> RunOps(BenchmarkContext context)
    {
        foreach ((string level, string? name) in context.Options.Quick ? s_levels[..1] : s_levels)
        {
            (int code, string output) = ChildProcess.Run(
                "dotnet", [.. RunProject("ML.TextToModel.Tensors.Tests"), "-noColor"],
                name is null ? [] : [(name, "0")], context.Cancel);
            string check = $"engine tests that fail, {level}";
            Match total = Totals().Match(output);
            yield return total.Success
                ? new BenchmarkRow(
                    check, Number(total, "errors") + Number(total, "failed"), "tests", 0, "lower",
                    Detail: $"of {Number(total, "total")}, {Number(total, "skipped")} skipped",
                    N: Number(total, "total")).Judge()
                : BenchmarkRow.Absent(check, "tests", $"the tests did not run: exit code {code}");
        }
    }

    public static IEnumerable<BenchmarkRow> RunFuzz(BenchmarkContext context)
    {
        int inputs = context.Choose(500, 10_000);
        (int code, string output) = ChildProcess.Run(
            "dotnet", [.. RunProject("ML.TextToModel.Fuzz"), "--iterations", $"{inputs}"], [], context.Cancel);
        foreach (Match line in Readers().Matches(output))
            yield return new(
                $"damaged inputs, {line.Groups["reader"].Value}", Number(line, "inputs"), "inputs", 10_000,
                Detail: line.Groups["rest"].Value.Trim());
        yield return new BenchmarkRow(
            "damaged inputs: crashes, hangs, unbounded memory", code == 0 ? 0 : 1, "runs", 0, "lower",
            Detail: code == 0 ? null : output).Judge(complete: !context.Options.Quick);
    }

    private static string[] RunProject(string name) =>
        ["run", "-c", "Release", "--project", Path.Combine(RepositoryFolder.Root, "tests", name), "--"];

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)",
        RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Totals();

    [GeneratedRegex(
        @"^(?<reader>[\w.-]+): (?<inputs>[\d,]+) inputs,(?<rest>.*)$", RegexOptions.Multiline, MatchMilliseconds)]
    private static partial Regex Readers();
}
