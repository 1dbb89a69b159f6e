using System.Text.Json;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>The whole process <c>t2m generate</c>, from the CSV of a table to the classifier's file.</summary>
internal static class WallClock
{
    private const int SmallRows = 5_000;
    private const double SmallLimit = 1, Limit = 3;

    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        int runs = study.Context.Choose(1, 5);
        string tool = study.Context.Options.Quick ? Built() : Published(study.Context);
        foreach (StudyTable table in study.Tables)
        {
            string check = $"t2m generate, {table.Name}, {table.Sample.Rows:N0} rows";
            if (study.Generators.Default.Absent is { } why)
            {
                yield return BenchmarkRow.Absent(check, "s", why);
                continue;
            }
            string model = Artifacts.Path(study.Context, Path.Combine("tables", "models", $"{table.Name}.t2m"));
            string[] arguments =
            [
                tool, "generate", "--data", table.CsvFile, "--label", StudyTable.LabelColumn,
                "--ignore", StudyTable.RowColumn, "-o", model, "--json", "--quiet",
                .. study.Checkpoint is { } checkpoint ? (string[])["--generator", checkpoint] : [],
            ];
            int code = 0;
            string output = "";
            double seconds = Timing.Seconds(
                () => (code, output) = ChildProcess.Run("dotnet", arguments, [], study.Context.Cancel), runs);
            if (code != 0)
            {
                yield return BenchmarkRow.Absent(check, "s", $"t2m ended with exit code {code}");
                continue;
            }
            JsonElement document = JsonDocument.Parse(output).RootElement;
            int rows = document.GetProperty("rows").GetInt32();
            if (rows != table.Sample.Rows)
                throw new InvalidOperationException($"t2m read {rows} rows of {table.CsvFile}.");
            yield return new BenchmarkRow(
                check, seconds, "s", rows <= SmallRows ? SmallLimit : Limit, "lower", N: runs,
                Detail: $"{Inside(document.GetProperty("seconds"))} s of it in the last run")
                .Judge(complete: !study.Context.Options.Quick);
        }
    }

    private static string Inside(JsonElement seconds) => string.Join(
        ", ", seconds.EnumerateObject().Select(part => $"{part.Name} {part.Value.GetDouble():F2}"));

    /// <summary>The tool as it was built along with the benchmarks.</summary>
    private static string Built()
    {
        string[] folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)
            .Split(Path.DirectorySeparatorChar);
        return Path.Combine(
            [RepositoryFolder.Root, "src", "ML.TextToModel.Cli", .. folders[^3..], "t2m.dll"]);
    }

    /// <summary>The tool as users install it, compiled ahead of time.</summary>
    private static string Published(BenchmarkContext context)
    {
        string folder = Artifacts.Path(context, Path.Combine("tables", "t2m"));
        string project = Path.Combine(RepositoryFolder.Root, "src", "ML.TextToModel.Cli");
        (int code, string output) = ChildProcess.Run(
            "dotnet", ["publish", project, "-o", folder, "-v", "quiet"], [], context.Cancel);
        return code == 0
            ? Path.Combine(folder, "t2m.dll")
            : throw new InvalidOperationException($"dotnet publish ended with exit code {code}: {output}");
    }
}
