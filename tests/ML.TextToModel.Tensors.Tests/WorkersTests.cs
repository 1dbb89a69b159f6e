using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Tests;

[Collection(nameof(EngineSettings))]
public sealed class WorkersTests
{
    public static TheoryData<int> ThreadCounts => new(1, 2, 3, 4);

    [Theory, MemberData(nameof(ThreadCounts))]
    public void Each_part_runs_once(int threads)
    {
        using EngineSettings settings = new(KernelSet.Current, threads);
        Rng rng = new(1);
        for (int i = 0; i < 5_000; i++)
        {
            Count job = new(new int[rng.NextInt(9)]);
            Workers.Run(job.Runs.Length, ref job);
            Assert.All(job.Runs, n => Assert.Equal(1, n));
        }
    }

    [Theory, MemberData(nameof(ThreadCounts))]
    public void Helpers_that_sleep_wake_up(int threads)
    {
        using EngineSettings settings = new(KernelSet.Current, threads);
        for (int i = 0; i < 20; i++)
        {
            Thread.Sleep(3);
            Count job = new(new int[50]);
            Workers.Run(50, ref job);
            Assert.All(job.Runs, n => Assert.Equal(1, n));
        }
    }

    [Theory, MemberData(nameof(ThreadCounts))]
    public void An_exception_of_a_part_reaches_the_caller(int threads)
    {
        using EngineSettings settings = new(KernelSet.Current, threads);
        for (int i = 0; i < 200; i++)
        {
            Failing failing = new(i % 10);
            Assert.Equal($"part {i % 10}",
                Assert.Throws<InvalidOperationException>(() => Workers.Run(10, ref failing)).Message);
            Count job = new(new int[10]);
            Workers.Run(10, ref job);
            Assert.All(job.Runs, n => Assert.Equal(1, n));
        }
    }

    [Theory, MemberData(nameof(ThreadCounts))]
    public void Parts_may_start_jobs(int threads)
    {
        using EngineSettings settings = new(KernelSet.Current, threads);
        for (int i = 0; i < 200; i++)
        {
            Nested job = new(new int[8 * 16]);
            Workers.Run(8, ref job);
            Assert.All(job.Runs, n => Assert.Equal(1, n));
        }
    }

    [Theory, MemberData(nameof(ThreadCounts))]
    public void Several_threads_may_start_jobs_at_once(int threads)
    {
        using EngineSettings settings = new(KernelSet.Current, threads);
        Tensor x = Tensor.Normal([300, 257], new Rng(1)), w = Tensor.Normal([65, 257], new Rng(2));
        float[] expected = x.Linear(w).Softmax().ToArray();
        Exception?[] failures = new Exception?[4];
        Thread[] users = [.. Enumerable.Range(0, failures.Length).Select(user => new Thread(() =>
        {
            failures[user] = Record.Exception(() =>
            {
                for (int i = 0; i < 30; i++)
                {
                    using TensorScope scope = new();
                    Closeness.AssertSameBits(expected, x.Linear(w).Softmax().AsSpan(), $"user {user}");
                }
            });
        }))];
        foreach (Thread user in users) user.Start();
        foreach (Thread user in users) user.Join();
        Assert.All(failures, Assert.Null);
    }

    [Fact]
    public void The_number_of_threads_may_change_between_jobs()
    {
        using EngineSettings settings = new(KernelSet.Current, 1);
        for (int i = 0; i < 400; i++)
        {
            Workers.Threads = 1 + i % 4;
            Count job = new(new int[20]);
            Workers.Run(20, ref job);
            Assert.All(job.Runs, n => Assert.Equal(1, n));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Threads = 0);
    }

    private readonly struct Count(int[] runs) : IParallelJob
    {
        public int[] Runs => runs;

        public void Run(int part) => Interlocked.Increment(ref runs[part]);
    }

    private readonly struct Failing(int at) : IParallelJob
    {
        public void Run(int part)
        {
            if (part == at) throw new InvalidOperationException($"part {part}");
        }
    }

    private readonly struct Nested(int[] runs) : IParallelJob
    {
        public int[] Runs => runs;

        public void Run(int part)
        {
            Slice inner = new(runs, part * 16);
            Workers.Run(16, ref inner);
        }
    }

    private readonly struct Slice(int[] runs, int start) : IParallelJob
    {
        public void Run(int part) => Interlocked.Increment(ref runs[start + part]);
    }
}
