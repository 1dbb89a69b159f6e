using ML.TextToModel.Fuzz;

namespace ML.TextToModel.Tensors.Tests.Fuzz;

public sealed class FuzzRunnerTests
{
    private static readonly FuzzLimits Strict = new()
    {
        Time = TimeSpan.FromSeconds(1), AllocatedBytes = 100_000, AllocatedPerInputByte = 0,
    };

    /// <summary>What each reader does with a damaged file, and what is said about it.</summary>
    public static TheoryData<Action, string> BadReaders { get; } = new()
    {
        { () => throw new InvalidOperationException("oops"), "threw System.InvalidOperationException: oops" },
        { () => GC.KeepAlive(new byte[int.MaxValue]), "threw System.OutOfMemoryException" },
        { () => Thread.Sleep(Timeout.Infinite), "did not end within 1.0 s" },
        { () => GC.KeepAlive(new byte[2_000_000]), "allocated 2,0" },
    };

    [Theory, MemberData(nameof(BadReaders), DisableDiscoveryEnumeration = true)]
    public void A_reader_that_does_not_bear_an_input_is_reported_with_that_input(Action misbehave, string reason)
    {
        int calls = 0;
        byte[]? last = null;
        IFuzzTarget target = Target<FormatException>(data =>
        {
            last = data;
            if (++calls == 6) misbehave();   // the first call is the undamaged file
        });

        FuzzReport report = new FuzzRunner(Strict).Run(target, Plan(iterations: 100));
        FuzzFailure failure = Assert.IsType<FuzzFailure>(report.Failure);
        Assert.StartsWith(reason, failure.Reason, StringComparison.Ordinal);
        Assert.Equal((4, 4), (failure.Iteration, report.Inputs));
        Assert.Equal(last, failure.Input);
        Assert.Equal(new Mutator(target.Seeds, seed: 3).Create(4), failure.Input);
    }

    [Fact]
    public void Running_out_of_memory_is_never_expected()
    {
        bool first = true;
        IFuzzTarget target = Target<Exception>(_ =>
        {
            if (!first) GC.KeepAlive(new byte[int.MaxValue]);   // longer than any array can be
            first = false;
        });
        Assert.NotNull(new FuzzRunner(Strict).Run(target, Plan(iterations: 1)).Failure);
    }

    [Fact]
    public void A_reader_that_refuses_its_undamaged_file_is_reported()
    {
        IFuzzTarget target = Target<FormatException>(_ => throw new FormatException());
        FuzzReport report = new FuzzRunner(Strict).Run(target, Plan(iterations: 1));
        Assert.StartsWith("did not read its undamaged file 0", report.Failure?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_reader_is_counted()
    {
        int calls = -1;   // without the undamaged file
        IFuzzTarget target = Target<FormatException>(_ =>
        {
            if (calls++ % 4 == 3) throw new FormatException();
        });
        FuzzReport report = new FuzzRunner(Strict).Run(target, Plan(iterations: 2_000));
        Assert.Null(report.Failure);
        Assert.Equal((2_000, 500), (report.Inputs, report.Refused));
        Assert.StartsWith("reader: 2,000 inputs, 500 refused, 1,500 read, max ", $"{report}", StringComparison.Ordinal);
    }

    [Fact]
    public void Time_ends_a_run()
    {
        IFuzzTarget target = Target<FormatException>(_ => { });
        FuzzPlan plan = Plan(long.MaxValue) with { Duration = TimeSpan.FromMilliseconds(20) };
        Assert.True(new FuzzRunner(new FuzzLimits()).Run(target, plan).Inputs > 0);
    }

    [Fact]
    public void Every_reader_bears_two_thousand_damaged_files() => Assert.All(FuzzTargets.All, target =>
    {
        FuzzReport report = new FuzzRunner(new FuzzLimits()).Run(target, Plan(iterations: 2_000));
        Assert.Null(report.Failure);
        if (target.TakesAnything) Assert.Equal(0, report.Refused);
        else Assert.InRange(report.Refused, 1, report.Inputs - 1);   // some damage is seen, and some does no harm
    });

    private static FuzzTarget<TException> Target<TException>(Action<byte[]> read) where TException : Exception =>
        new("reader", ["one valid file"u8.ToArray()], read);

    private static FuzzPlan Plan(long iterations) => new(Seed: 3, Start: 0, iterations, TimeSpan.MaxValue);
}
