using System.Diagnostics;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>Time and memory of the profiler on Adult, which it reads from the file each time.</summary>
internal static class ProfilerSpeed
{
    private const double MostMilliseconds = 300, MostMegabytes = 100;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        const string name = "profiler on Adult, 32,561 rows";
        KnownTask adult = KnownTask.All.Single(task => task.File.EndsWith("adult.data.gz", StringComparison.Ordinal));
        if (adult.Open(context.Options.DataRoot) is not { } input)
        {
            yield return BenchmarkRow.Absent(name, "ms", "Adult is absent");
            yield break;
        }
        double first = Timing.Seconds(() => RequirementProfiler.Profile(input), repeats: 1) * 1000;
        int runs = context.Choose(3, 9);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double warm = Timing.Seconds(() => RequirementProfiler.Profile(input), runs) * 1000;
        double worked = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / runs;
        yield return new BenchmarkRow(
            name, warm, "ms", MostMilliseconds, "lower", N: runs,
            Detail: FormattableString.Invariant(
                $"median; processor time {worked:0} ms; the first time in the process {first:0} ms")).Judge();
        // Of the whole process, the runtime included, as this check is the first one.
        using Process process = Process.GetCurrentProcess();
        yield return new BenchmarkRow(
            $"{name}: peak memory of the process", process.PeakWorkingSet64 / 1e6, "MB", MostMegabytes, "lower")
            .Judge();
    }
}
