using System.Diagnostics;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Feeds a reader with damaged files on a thread of its own and watches it: only the expected exceptions, within the
/// time and the memory of <see cref="FuzzLimits"/>. Stops at the first failure.
/// </summary>
internal sealed class FuzzRunner(FuzzLimits limits, Breadcrumb? breadcrumb = null)
{
    private const int StackBytes = 512 * 1024;   // a reader that recurses with its input shows it early

    public FuzzReport Run(IFuzzTarget target, FuzzPlan plan)
    {
        var session = new Session(target, plan, limits, breadcrumb);
        var worker = new Thread(session.Run, StackBytes) { IsBackground = true, Name = $"fuzz {target.Name}" };
        worker.Start();
        while (!worker.Join(limits.Time / 20))
        {
            // The thread cannot be stopped, only left behind.
            if (session.HasHung()) return session.Report($"did not end within {limits.Time.TotalSeconds:N1} s");
        }
        return session.Report();
    }

    /// <summary>One run over one target. The worker writes; the watching thread reads.</summary>
    private sealed class Session(IFuzzTarget target, FuzzPlan plan, FuzzLimits limits, Breadcrumb? breadcrumb)
    {
        private readonly Mutator _mutator = new(target.Seeds, plan.Seed);
        private long _iteration = plan.Start;
        private byte[] _input = [];
        private long _inputs, _refused, _mostAllocated;
        private long _startedAt;   // 0 between inputs
        private TimeSpan _longest;
        private string? _failure;

        public void Run()
        {
            if (!WarmUp()) return;
            long begin = Stopwatch.GetTimestamp();
            while (_inputs < plan.Iterations && Stopwatch.GetElapsedTime(begin) < plan.Duration)
            {
                breadcrumb?.Leave(target.Name, plan.Seed, _iteration);
                _failure = Try(_mutator.Create(_iteration));
                if (_failure is not null) return;
                _inputs++;
                Volatile.Write(ref _iteration, _iteration + 1);
            }
        }

        public bool HasHung()
        {
            long startedAt = Volatile.Read(ref _startedAt);
            return startedAt != 0 && Stopwatch.GetElapsedTime(startedAt) > limits.Time;
        }

        public FuzzReport Report(string? hang = null)
        {
            long iteration = Volatile.Read(ref _iteration);
            FuzzFailure? failure = (hang ?? _failure) is string reason
                ? new FuzzFailure(target.Name, plan.Seed, iteration, Volatile.Read(ref _input), reason)
                : null;
            return new FuzzReport(target.Name, _inputs, _refused, _longest, _mostAllocated, failure);
        }

        /// <summary>Reads the undamaged files: they must be readable, and compiling is no reading time.</summary>
        private bool WarmUp()
        {
            for (int i = 0; i < target.Seeds.Count && _failure is null; i++)
            {
                string? failure = Try(target.Seeds[i]);
                if (failure is not null || _refused > 0) _failure = $"did not read its undamaged file {i}: {failure}";
            }
            (_longest, _mostAllocated) = (TimeSpan.Zero, 0);
            return _failure is null;
        }

        /// <summary>Why the reader failed on an input; null where it read or refused it in order.</summary>
        private string? Try(byte[] input)
        {
            Volatile.Write(ref _input, input);
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            long startedAt = Stopwatch.GetTimestamp();
            Volatile.Write(ref _startedAt, startedAt);
            string? failure = null;
            try
            {
                target.Read(input);
            }
            catch (Exception e)
            {
                _refused++;
                if (e is OutOfMemoryException or InsufficientExecutionStackException || !target.IsExpected(e))
                    failure = $"threw {e}";
            }
            TimeSpan time = Stopwatch.GetElapsedTime(startedAt);
            Volatile.Write(ref _startedAt, 0);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

            if (time > _longest) _longest = time;
            _mostAllocated = Math.Max(_mostAllocated, allocated);
            if (failure is null && allocated > limits.AllocatedBytes + limits.AllocatedPerInputByte * input.Length)
                failure = $"allocated {allocated:N0} bytes for an input of {input.Length:N0}";
            return failure ?? (time > limits.Time ? $"took {time.TotalSeconds:N1} s" : null);
        }
    }
}
