namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// The kernels of one level of vector instructions. Kernels take spans and lengths, never tensors, and run on the
/// calling thread; cutting work into parts is the caller's business. The scalar set defines the answer; the others
/// agree with it within rounding, as sums are taken in another order.
/// </summary>
internal abstract partial class KernelSet
{
    /// <summary>All sets, fastest first.</summary>
    public static IReadOnlyList<KernelSet> All { get; } =
    [
        new VectorKernels<Vector512f>("vector512", System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated),
        new VectorKernels<Vector256f>("vector256", System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated),
        new VectorKernels<Vector128f>("vector128", System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated),
        new ScalarKernels(),
    ];

    /// <summary>The set in use: the fastest that the processor has, or the one named by T2M_KERNELS.</summary>
    public static KernelSet Current { get; set; } = Choose(Environment.GetEnvironmentVariable("T2M_KERNELS"));

    /// <summary>vector512, vector256, vector128 or scalar.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this processor, with the runtime's switches, has the instructions.</summary>
    public abstract bool IsSupported { get; }

    private static KernelSet Choose(string? name) => All.FirstOrDefault(set => set.Name == name && set.IsSupported)
        ?? All.First(set => set.IsSupported);
}
