using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tests;

/// <summary>Tests that change the number of threads, or measure time or memory, run alone.</summary>
[CollectionDefinition(nameof(EngineSettings), DisableParallelization = true)]
public sealed class EngineSettings
{
    /// <summary>What <paramref name="run"/> gives on so many threads.</summary>
    internal static T WithThreads<T>(int threads, Func<T> run)
    {
        int before = Workers.Threads;
        Workers.Threads = threads;
        try
        {
            return run();
        }
        finally
        {
            Workers.Threads = before;
        }
    }
}
