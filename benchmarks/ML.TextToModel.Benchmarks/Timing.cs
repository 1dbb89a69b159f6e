using System.Diagnostics;

namespace ML.TextToModel.Benchmarks;

/// <summary>Timing in rounds, ours and the peer's in turn, so that a slow spell of the machine meets both.</summary>
internal static class Timing
{
    /// <summary>The median of <paramref name="repeats"/> runs, in seconds.</summary>
    public static double Seconds(Action run, int repeats)
    {
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return Median(seconds);
    }

    /// <summary>The same after some seconds of runs, in which the runtime compiles.</summary>
    public static double WarmSeconds(Action run, int repeats, double warmUp)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < warmUp) run();
        return Seconds(run, repeats);
    }

    /// <summary>
    /// Our and the peer's median seconds over the rounds, and the median of their ratios round by round.
    /// </summary>
    public static (double Ours, double Peer, double PeerOverOurs) Alternate(
        int rounds, Func<double> ours, Func<double> peer)
    {
        double[] a = new double[rounds], b = new double[rounds], ratio = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            a[i] = ours();
            b[i] = peer();
            ratio[i] = b[i] / a[i];
        }
        return (Median(a), Median(b), Median(ratio));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
