using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel;

/// <summary>How many threads training and batched prediction use. Results do not depend on it.</summary>
public static class ComputeThreads
{
    /// <summary>
    /// Threads, the caller's included, from 1. Default: the environment variable T2M_THREADS, else the number of
    /// processors. Change it while nothing is being computed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static int Count
    {
        get => Workers.Threads;
        set => Workers.Threads = value;
    }
}
