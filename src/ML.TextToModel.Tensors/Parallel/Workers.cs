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
    private const int MaxGroups = ushort.MaxValue;
    private const long Closed = MaxGroups;          // as many groups taken from the front as there can be
    private const long FromFront = 1, FromBack = 1 << 16;

    private static readonly SemaphoreSlim s_wake = new(0);
    private static readonly Lock s_growth = new();
    private static int s_helpers;
    private static int s_threads = ThreadsFromEnvironment();
    private static int s_busy;
    private static int s_sleepers;

    // The job that runs now, in groups of neighbouring parts. The caller takes groups from the front, helpers from the
    // back, so that from one kernel to the next a thread mostly finds its own data in its own cache. s_ticket holds the
    // job's number in its upper half and how many groups were taken from either end in its lower half: a helper that
    // comes late can never claim a group of a job whose fields it has not seen.
    private static long s_ticket = Closed;
    private static int s_parts;
    private static int s_groups;
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

    /// <summary>
    /// Runs parts 0 to <paramref name="parts"/> - 1 of <paramref name="job"/>, the caller's local, and waits for all.
    /// </summary>
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
            s_groups = Math.Min(parts, MaxGroups);
            s_done = 0;
            s_failure = null;
            Interlocked.Exchange(ref s_ticket, number << 32);
            int sleepers = Volatile.Read(ref s_sleepers);
            if (sleepers > 0) s_wake.Release(sleepers);

            while (TryRunGroup(FromFront)) { }
            SpinWait spin = default;
            while (Volatile.Read(ref s_done) < s_groups) spin.SpinOnce(sleep1Threshold: -1);
            if (s_failure is not null) ExceptionDispatchInfo.Throw(s_failure);
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static void Invoke<T>(void* job, int part) where T : struct, IParallelJob => Unsafe.AsRef<T>(job).Run(part);

    private static bool TryRunGroup(long end)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref s_ticket);
            int front = (int)(ticket & ushort.MaxValue), back = (int)(ticket >> 16 & ushort.MaxValue);
            int groups = Volatile.Read(ref s_groups), parts = s_parts;
            if (front + back >= groups) return false;
            void* job = s_job;
            delegate*<void*, int, void> run = s_run;
            // Success means that the ticket, hence the job, was the same all along.
            if (Interlocked.CompareExchange(ref s_ticket, ticket + end, ticket) != ticket) continue;
            long group = end == FromFront ? front : groups - 1 - back;
            int first = (int)(group * parts / groups), next = (int)((group + 1) * parts / groups);
            try
            {
                for (int part = first; part < next; part++) run(job, part);
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
            if (number < s_threads - 1 && TryRunGroup(FromBack))
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
                long ticket = Volatile.Read(ref s_ticket);
                long front = ticket & ushort.MaxValue, back = ticket >> 16 & ushort.MaxValue;
                bool taken = front + back >= Volatile.Read(ref s_groups);
                if (taken || number >= s_threads - 1) s_wake.Wait();
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
