using System.Runtime.InteropServices;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Tests.Kernels;

/// <summary>Tests that change <see cref="Workers.Threads"/> run alone.</summary>
[CollectionDefinition(nameof(ThreadCountTests), DisableParallelization = true)]
public sealed class ThreadCountCollection;

[Collection(nameof(ThreadCountTests))]
public sealed unsafe class ThreadCountTests : IDisposable
{
    private readonly int _threads = Workers.Threads;

    public static TheoryData<string> Levels => new(KernelLevels.Names);

    public void Dispose() => Workers.Threads = _threads;

    [Theory, MemberData(nameof(Levels))]
    public void Products_have_the_same_bits_on_any_number_of_threads(string level)
    {
        MatrixProductShape[] shapes =
        [
            MatMulTests.Dense(1, 150, 140, 600), MatMulTests.Dense(1, 150, 140, 600, aByColumns: true),
            MatMulTests.Dense(1, 150, 140, 600, bByColumns: true), MatMulTests.Dense(1, 1, 700, 300),
            MatMulTests.Dense(1, 2, 700, 300, bByColumns: true), MatMulTests.Dense(40, 24, 24, 64, bByColumns: true),
        ];
        foreach (MatrixProductShape s in shapes)
        {
            (GuardedFloats a, GuardedFloats b, GuardedFloats c) = MatMulTests.Operands(s);
            AssertSameBits(c, () => MatrixProduct.Run(s, a.Pointer, b.Pointer, c.Pointer, KernelLevels.ByName(level)));
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void Convolutions_have_the_same_bits_on_any_number_of_threads(string level)
    {
        KernelSet kernels = KernelLevels.ByName(level);
        var plain = new ConvolutionShape(1, false, 20, 10, 10, 5, 18, 3, 3, Stride: 1, Padding: 1, Groups: 1);
        ConvolutionShape[] shapes =
        [
            plain, plain with { Stride = 2 }, plain with { Tasks = 2, Batch = 9 },
            plain with { Tasks = 3, SharedInput = true, Batch = 4 }, plain with { OutChannels = 5, Groups = 5 },
        ];
        foreach (ConvolutionShape s in shapes)
        {
            (GuardedFloats x, GuardedFloats w, GuardedFloats y) = ConvolutionTests.Operands(s);
            (GuardedFloats gx, GuardedFloats gw, GuardedFloats gy) = ConvolutionTests.Operands(s);
            AssertSameBits(y, () => Convolution.Forward(s, x.Pointer, w.Pointer, y.Pointer, kernels));
            AssertSameBits(gx, () => Convolution.InputGradient(s, gy.Pointer, w.Pointer, gx.Pointer, kernels));
            AssertSameBits(gw, () => Convolution.WeightGradient(s, x.Pointer, gy.Pointer, gw.Pointer, kernels));
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void The_steady_state_allocates_nothing(string level)
    {
        KernelSet kernels = KernelLevels.ByName(level);
        MatrixProductShape product = MatMulTests.Dense(2, 150, 140, 300, bByColumns: true);
        (GuardedFloats a, GuardedFloats b, GuardedFloats c) = MatMulTests.Operands(product);
        var s = new ConvolutionShape(1, false, 4, 10, 10, 5, 18, 3, 3, Stride: 1, Padding: 1, Groups: 1);
        (GuardedFloats x, GuardedFloats w, GuardedFloats y) = ConvolutionTests.Operands(s);
        foreach (int threads in (int[])[1, 2])
        {
            Workers.Threads = threads;
            Step();
            long least = long.MaxValue;   // over some steps: the runtime itself may allocate while it compiles
            for (int i = 0; i < 5; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Step();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }

        void Step()
        {
            MatrixProduct.Run(product, a.Pointer, b.Pointer, c.Pointer, kernels);
            Convolution.Forward(s, x.Pointer, w.Pointer, y.Pointer, kernels);
            Convolution.InputGradient(s, y.Pointer, w.Pointer, x.Pointer, kernels);
            Convolution.WeightGradient(s, x.Pointer, y.Pointer, w.Pointer, kernels);
        }
    }

    private static void AssertSameBits(GuardedFloats result, Action compute)
    {
        GuardedFloats before = result.Copy();
        Workers.Threads = 1;
        compute();
        GuardedFloats expected = result.Copy();
        foreach (int threads in (int[])[2, 3])
        {
            before.Span.CopyTo(result.Span);
            Workers.Threads = threads;
            compute();
            Assert.True(MemoryMarshal.AsBytes(expected.Span).SequenceEqual(MemoryMarshal.AsBytes(result.Span)), $"{threads} threads give other bits than one.");
        }
    }
}
