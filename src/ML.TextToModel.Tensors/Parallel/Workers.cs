using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ML.TextToModel.Tensors.Parallel;

/// <summary>
/// The threads that kernels run on: the caller and a few helpers that live as long as the process. Starting a job
/// allocates nothing. A job started while another runs (from a second user thread, or from inside a part) runs on its
/// caller alone, with the same result.
/// </summary>
internal static unsafe class Workers
{
    private const int SpinsBeforeSleep = 2_000;   // about 100 µs: longer than the gap between two kernels of a step
    private const long Closed = int.MaxValue;

    private static readonly SemaphoreSlim s_wake = new(0);
    private static readonly Lock s_growth = new();
    private static int s_helpers;
    private static int s_threads = ThreadsFromEnvironment();
    private static int s_busy;
    private static int s_sleepers;

    // The job that runs now. s_ticket holds the job's number in its upper half and the next part in its lower half, so a
    // helper that comes late can never claim a part of a job whose fields it has not seen.
    private static long s_ticket = Closed;
    private static int s_parts;
    private static void* s_job;
    private static delegate*<void*, int, void> s_run;
    private static int s_done;
    private static Exception? s_failure;

    /// <summary>Threads a job may use, the caller included: T2M_THREADS, else the number of processors.</summary>
    public static int Threads
    {
        get => s_threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            s_threads = value;
        }
    }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 of <paramref name="job"/>, a local of the caller, and waits for all.</summary>
    public static void Run<T>(int parts, ref T job) where T : struct, IParallelJob
    {
        if (parts <= 1 || s_threads == 1 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            for (int i = 0; i < parts; i++) job.Run(i);
            return;
        }
        try
        {
            if (s_helpers < s_threads - 1) AddHelpers();
            long number = (s_ticket >> 32) + 1;
            Interlocked.Exchange(ref s_ticket, (number << 32) | Closed);   // a full fence: the fields change after it
            s_job = Unsafe.AsPointer(ref job);
            s_run = &Invoke<T>;
            s_parts = parts;
            s_done = 0;
            s_failure = null;
            Interlocked.Exchange(ref s_ticket, number << 32);
            int sleepers = Volatile.Read(ref s_sleepers);
            if (sleepers > 0) s_wake.Release(sleepers);

            while (TryRunPart()) { }
            SpinWait spin = default;
            while (Volatile.Read(ref s_done) < parts) spin.SpinOnce(sleep1Threshold: -1);
            if (s_failure is not null) ExceptionDispatchInfo.Throw(s_failure);
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static void Invoke<T>(void* job, int part) where T : struct, IParallelJob => Unsafe.AsRef<T>(job).Run(part);

    private static bool TryRunPart()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref s_ticket);
            int part = (int)ticket;
            if (part >= Volatile.Read(ref s_parts)) return false;
            void* job = s_job;
            delegate*<void*, int, void> run = s_run;
            // Success means that the ticket, hence the job, was the same all along.
            if (Interlocked.CompareExchange(ref s_ticket, ticket + 1, ticket) != ticket) continue;
            try
            {
                run(job, part);
            }
            catch (Exception e)
            {
                s_failure = e;
            }
            Interlocked.Increment(ref s_done);
            return true;
        }
    }

    private static void AddHelpers()
    {
        lock (s_growth)
        {
            while (s_helpers < s_threads - 1)
            {
                int number = s_helpers++;
                new Thread(() => Help(number)) { IsBackground = true, Name = $"T2M worker {number + 1}" }.Start();
            }
        }
    }

    private static void Help(int number)
    {
        int idle = 0;
        while (true)
        {
            if (number < s_threads - 1 && TryRunPart())
            {
                idle = 0;
            }
            else if (++idle < SpinsBeforeSleep)
            {
                Thread.SpinWait(8);
            }
            else
            {
                Interlocked.Increment(ref s_sleepers);
                // Look once more before sleeping: a job may have started between the last look and the count.
                if ((int)Volatile.Read(ref s_ticket) >= Volatile.Read(ref s_parts) || number >= s_threads - 1) s_wake.Wait();
                Interlocked.Decrement(ref s_sleepers);
                idle = 0;
            }
        }
    }

    private static int ThreadsFromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("T2M_THREADS"), out int threads) && threads > 0
            ? threads
            : Environment.ProcessorCount;
}
